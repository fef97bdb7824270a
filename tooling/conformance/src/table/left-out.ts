/** Names that have no counterpart, and why. A star stands for any end of a name. */
interface LeftOut {
  readonly reason: string;
  readonly names: string;
}

const quantized = `
  torch.choose_qparams_optimized torch.dequantize torch.empty_quantized torch.fake_quantize_* torch.fbgemm_*
  torch.fused_moving_avg_obs_fake_quant torch.int_repr torch.q_* torch.quantize_* torch.quantized_* Tensor.dequantize
  Tensor.int_repr Tensor.is_quantized Tensor.q_* Tensor.qscheme`;

const sparse = `
  torch.ccol_indices_copy torch.col_indices_copy torch.crow_indices_copy torch.dsmm torch.hsmm torch.hspmm
  torch.indices_copy torch.resize_as_sparse_ torch.row_indices_copy torch.saddmm torch.smm torch.sparse_* torch.spmm
  torch.sspaddmm torch.values_copy torch.optim.SparseAdam Tensor.ccol_indices Tensor.coalesce Tensor.col_indices
  Tensor.crow_indices Tensor.dense_dim Tensor.indices Tensor.is_coalesced Tensor.is_sparse Tensor.is_sparse_csr
  Tensor.resize_as_sparse_ Tensor.row_indices Tensor.smm Tensor.sparse_* Tensor.sspaddmm Tensor.to_dense
  Tensor.to_sparse Tensor.to_sparse_* Tensor.values`;

const complex = `
  torch.is_complex torch.is_conj torch.is_neg torch.conj_physical_ torch.polar torch.resolve_conj torch.resolve_neg
  torch.view_as_complex torch.view_as_complex_copy torch.view_as_real torch.view_as_real_copy Tensor.cdouble
  Tensor.cfloat Tensor.chalf Tensor.conj_physical_ Tensor.is_complex Tensor.is_conj Tensor.is_neg Tensor.resolve_conj
  Tensor.resolve_neg torch.eig torch.linalg.eig torch.linalg.eigvals Tensor.eig`;

const storage = `
  torch.empty_strided torch.from_dlpack torch.from_file torch.frombuffer torch.is_storage torch.resize_as_
  torch.as_strided_ torch.to_dlpack torch.detach_ Tensor.as_strided_ Tensor.data_ptr Tensor.detach_ Tensor.element_size
  Tensor.is_pinned Tensor.is_set_to Tensor.is_shared Tensor.layout Tensor.new Tensor.new_empty_strided Tensor.pin_memory
  Tensor.record_stream Tensor.resize Tensor.resize_ Tensor.resize_as Tensor.resize_as_ Tensor.set_ Tensor.share_memory_
  Tensor.storage Tensor.storage_type Tensor.to_padded_tensor Tensor.is_nested`;

const devices = `
  torch.get_device torch.is_vulkan_available torch.cudnn_* torch.miopen_* torch.mkldnn_* Tensor.cuda Tensor.get_device
  Tensor.ipu Tensor.is_cpu Tensor.is_cuda Tensor.is_ipu Tensor.is_meta Tensor.is_mkldnn Tensor.is_mps Tensor.is_ort
  Tensor.is_vulkan Tensor.is_xpu Tensor.to_mkldnn Tensor.xpu torch.nn.utils.convert_conv2d_weight_memory_format`;

const settings = `
  torch.are_deterministic_algorithms_enabled torch.autocast_* torch.clear_autocast_cache torch.compiled_with_cxx11_abi
  torch.get_autocast_* torch.get_default_dtype torch.get_deterministic_debug_mode torch.get_file_path
  torch.get_float32_matmul_precision torch.get_num_interop_threads torch.get_num_threads torch.init_num_threads
  torch.is_anomaly_* torch.is_autocast_* torch.is_deterministic_algorithms_warn_only_enabled torch.is_inference
  torch.is_inference_mode_enabled torch.is_warn_always_enabled torch.read_vitals torch.seed torch.set_anomaly_enabled
  torch.set_autocast_* torch.set_default_dtype torch.set_default_tensor_type torch.set_deterministic_debug_mode
  torch.set_float32_matmul_precision torch.set_flush_denormal torch.set_num_interop_threads torch.set_num_threads
  torch.set_printoptions torch.set_vital torch.set_warn_always torch.use_deterministic_algorithms torch.vitals_enabled
  Tensor.is_inference`;

const compiler = `
  torch.Callable torch.Set torch.Union torch.candidate torch.classproperty torch.fork torch.import_ir_module
  torch.import_ir_module_from_buffer torch.merge_type_from_type_comment torch.obj torch.parse_ir torch.parse_schema
  torch.parse_type_comment torch.prepare_multiprocessing_environment torch.typename torch.unify_type_list torch.wait
  torch.can_cast Tensor.as_subclass Tensor.output_nr Tensor.retains_grad Tensor.volatile Tensor.reinforce
  torch.nn.functional.Callable torch.nn.functional.List torch.nn.functional.Optional torch.nn.functional.Tuple
  torch.nn.functional.Union torch.nn.functional.assert_int_or_pair torch.nn.functional.boolean_dispatch
  torch.nn.functional.handle_torch_function torch.nn.functional.has_torch_function*
  torch.optim.lr_scheduler.Counter`;

const internal = `
  torch.alpha_dropout_ torch.batch_norm torch.batch_norm_* torch.binary_cross_entropy_with_logits torch.convolution
  torch.cosine_embedding_loss torch.ctc_loss torch.dropout_ torch.embedding_bag torch.embedding_renorm_
  torch.feature_alpha_dropout_ torch.feature_dropout_ torch.grid_sampler torch.grid_sampler_2d torch.grid_sampler_3d
  torch.hinge_embedding_loss torch.instance_norm torch.kl_div torch.margin_ranking_loss torch.native_*
  torch.poisson_nll_loss torch.triplet_margin_loss torch.nn.functional.native_channel_shuffle torch.nn.RNNBase
  torch.nn.RNNCellBase torch.nn.UninitializedBuffer torch.nn.UninitializedParameter`;

const copies = `
  torch.alias_copy torch.as_strided_copy torch.detach_copy torch.diagonal_copy torch.expand_copy torch.narrow_copy
  torch.permute_copy torch.select_copy torch.slice_copy torch.split_copy torch.split_with_sizes_copy torch.squeeze_copy
  torch.t_copy torch.transpose_copy torch.unbind_copy torch.unfold_copy torch.unsqueeze_copy torch.view_copy
  Tensor.narrow_copy`;

const factorizations = `
  torch.geqrf torch.lobpcg torch.lu torch.lu_solve torch.lu_unpack torch.orgqr torch.ormqr torch.pca_lowrank
  torch.svd_lowrank torch.linalg.householder_product torch.linalg.ldl_* torch.linalg.lu torch.linalg.lu_factor
  torch.linalg.lu_factor_ex torch.linalg.lu_solve Tensor.geqrf Tensor.lu Tensor.lu_solve Tensor.orgqr Tensor.ormqr`;

/** Every name of PyTorch's in the modules of `names/pytorch-names.txt` is in the table or here. */
export const leftOut: readonly LeftOut[] = [
  { reason: "quantized tensors are not offered", names: quantized },
  { reason: "sparse tensors are not offered", names: sparse },
  { reason: "complex tensors are not offered: Fourier transforms take and give pairs of numbers", names: complex },
  { reason: "the storage of a tensor is its own business", names: storage },
  { reason: "devices and libraries that do not exist in JavaScript", names: devices },
  { reason: "a global switch: there are none here", names: settings },
  { reason: "part of Python's or PyTorch's own machinery", names: compiler },
  { reason: "an inner form of a function of torch.nn.functional or of a layer, which is there", names: internal },
  { reason: "the view, then clone", names: copies },
  {
    reason: "a factorization that is not offered: cholesky, qr, svd, eigh, solve and lstsq are",
    names: factorizations,
  },
  {
    reason: "an error is thrown instead of an error number: cholesky, inv, solve",
    names: "torch.linalg.cholesky_ex torch.linalg.inv_ex torch.linalg.solve_ex",
  },
  {
    reason: "removed from PyTorch or deprecated: eigh, solve, lstsq, matrixRank and LocalResponseNorm are there",
    names: `torch.lstsq torch.matrix_rank torch.solve torch.symeig Tensor.lstsq Tensor.solve Tensor.symeig
      torch.nn.Container torch.nn.CrossMapLRN2d`,
  },
  {
    reason: "named dimensions are not offered",
    names: `torch.align_tensors Tensor.align_* Tensor.has_names Tensor.name Tensor.names Tensor.refine_names Tensor.rename
      Tensor.rename_`,
  },
  { reason: "not a number type here", names: "Tensor.bfloat16 Tensor.char Tensor.half Tensor.short" },
  {
    reason: "a JavaScript function per element: use toArray and tensor",
    names: "Tensor.apply_ Tensor.map_ Tensor.map2_",
  },
  {
    reason: "sizes are given when a layer is built",
    names: "torch.nn.Lazy* torch.nn.utils.skip_init",
  },
  {
    reason: "training on several machines is not part of these packages",
    names: "torch.is_distributed Tensor.is_distributed torch.nn.DataParallel torch.nn.SyncBatchNorm",
  },
  {
    reason: "masked functions take the mask as an option",
    names: "torch.masked.as_masked_tensor torch.masked.is_masked_tensor torch.masked.masked_tensor",
  },
  { reason: "Python's pickle: @dl/io reads and writes safetensors and checkpoints", names: "torch.load torch.save" },
  {
    reason: "not offered yet",
    names: `torch.binomial torch.histogramdd torch.igamma torch.igammac torch.nextafter Tensor.igamma Tensor.igamma_
      Tensor.igammac Tensor.igammac_ Tensor.nextafter Tensor.nextafter_ torch.special.gammainc torch.special.gammaincc
      torch.nn.functional.fractional_max_pool* torch.nn.FractionalMaxPool2d torch.nn.FractionalMaxPool3d
      torch.nn.utils.fuse_conv_bn_eval torch.nn.utils.fuse_conv_bn_weights`,
  },
];

/** Why a name of PyTorch's is left out; undefined where it is not. */
export function reasonFor(name: string): string | undefined {
  return leftOut.find(({ names }) => patternsOf(names).some((pattern) => matches(pattern, name)))?.reason;
}

/** The names of a list. */
export const patternsOf = (names: string): string[] => names.trim().split(/\s+/);

export const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
