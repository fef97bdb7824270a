"""PyTorch's side of the bench: one JSON line in, one out. In one thread, or as many as the first argument says."""

import json
import os
import sys
import time

threads = sys.argv[1] if len(sys.argv) > 1 else "1"
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = threads

import numpy as np
import torch

import cases
import epoch

torch.set_num_threads(int(threads))


def read(files):
    def tensor(entry):
        numbers = np.fromfile(entry["file"], dtype=entry["dtype"]).reshape(entry["shape"])
        return torch.from_numpy(numbers.astype("int64") if entry["dtype"] == "int32" else numbers)

    return {name: tensor(entry) for name, entry in files.items()}


def warm(seconds):
    """Runs for a while, in growing portions; the seconds per step of the last one."""
    start = time.perf_counter()
    steps = current.get("steps", 1)
    each = timed(1)
    while time.perf_counter() - start < seconds:
        left = seconds - (time.perf_counter() - start)
        steps = max(1, min(2 * steps, int(left / each)))
        each = timed(steps)
    return each


def timed(wanted):
    """Seconds per step of at least so many."""
    run = current["run"]
    steps = current.get("steps", 1)
    runs = -(-wanted // steps)
    start = time.perf_counter()
    for _ in range(runs):
        run()
    return (time.perf_counter() - start) / (runs * steps)


def blas():
    """Which library multiplies PyTorch's matrices: its speed differs by a factor of ten and more."""
    if not os.path.exists("/proc/self/maps"):
        return "unknown BLAS"
    with open("/proc/self/maps") as maps:
        loaded = {line.split()[-1] for line in maps if ".so" in line}
    found = [name for name in ("openblas", "mkl_core", "mkl_rt", "blis") if any(f"lib{name}" in path for path in loaded)]
    if found:
        return found[0]
    return "reference BLAS, slow" if any("libblas" in path for path in loaded) else "unknown BLAS"


current = {}


def answer(request):
    ask = request["ask"]
    if ask == "hello":
        python = ".".join(str(part) for part in sys.version_info[:3])
        return {"versions": f"PyTorch {torch.__version__} ({blas()}), Python {python}", "threads": torch.get_num_threads()}
    if ask == "load":
        current.clear()
        build = epoch.build if request["case"] == "epoch" else cases.cases.get(request["case"])
        if build is None:
            raise LookupError("no such op or layer here")
        files = request["files"]
        current.update(build(read(files["inputs"]), read(files["parameters"])))
        if "numbers" not in current:
            return {"differs": "computes something else"}
        np.asarray(current["numbers"](), dtype="float32").tofile(request["output"])
        return {"differs": ""}
    if ask == "warm":
        return {"ms": 1000 * warm(request["forMs"] / 1000)}
    if ask == "time":
        return {"ms": 1000 * timed(request["steps"])}
    if ask == "score":
        return {"score": current["score"]()}
    raise LookupError(f"no answer to {ask}")


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)
