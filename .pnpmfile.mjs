/**
 * The `node-*` packages state `os` and `cpu` as strings; pnpm keeps them in the lockfile only as arrays, and without
 * them it downloads every platform's Node.
 */
export const hooks = {
  readPackage(manifest) {
    if (!/^node-(bin-)?(linux|darwin|win)-/.test(manifest.name ?? "")) return manifest;
    for (const field of ["os", "cpu"]) {
      if (typeof manifest[field] === "string") manifest[field] = [manifest[field]];
    }
    return manifest;
  },
};
