/**
 * What files are that this page does not read, and the one step that makes them readable: clauses of
 * `phraseTexts`, called as `domain/data/foreignFile.ts` calls the kinds.
 */
export const foreignTexts = {
  'foreign.heic': 'a HEIC photograph',
  'foreign.heic.step':
    'save it as JPEG first: in Photos by Export, or in Python (pip install pillow-heif) with Image.open("a.heic").save("a.jpg")',
  'foreign.tiff': 'a TIFF picture',
  'foreign.tiff.step':
    'save it as PNG first: in any picture program, or in Python with PIL.Image.open("a.tif").save("a.png")',
  'foreign.svg': 'an SVG drawing',
  'foreign.svg.step': 'export it as PNG, with Inkscape: inkscape a.svg --export-type=png',
  'foreign.jpegXl': 'a JPEG XL or JPEG 2000 picture',
  'foreign.jpegXl.step': 'save it as PNG or JPEG first',
  'foreign.video': 'a film',
  'foreign.video.step': 'take single pictures out of it: ffmpeg -i a.mp4 %05d.png',
  'foreign.pdf': 'a PDF document',
  'foreign.pdf.step': 'save its pages as pictures: pdftoppm -png a.pdf page',
  'foreign.excel': 'an Excel workbook',
  'foreign.excel.step':
    'save it as CSV in Excel, or in Python with pandas.read_excel("a.xlsx").to_csv("a.csv", index=False)',
  'foreign.openDocument': 'an OpenDocument file',
  'foreign.openDocument.step': 'save it as CSV in LibreOffice Calc',
  'foreign.word': 'a Word or PowerPoint document',
  'foreign.word.step': 'take its pictures out and save them as PNG, in a folder for each class',
  'foreign.rar': 'a RAR archive',
  'foreign.rar.step': 'unpack it, and choose what is in it, or pack that as zip',
  'foreign.sevenZip': 'a 7-Zip archive',
  'foreign.sevenZip.step': 'unpack it, and choose what is in it, or pack that as zip',
  'foreign.bzip2': 'packed with bzip2',
  'foreign.bzip2.step': 'unpack it with bunzip2 (tar xjf for .tar.bz2) and choose what comes out',
  'foreign.xz': 'packed with xz',
  'foreign.xz.step': 'unpack it with unxz (tar xJf for .tar.xz) and choose what comes out',
  'foreign.zstd': 'packed with Zstandard',
  'foreign.zstd.step': 'unpack it with unzstd and choose what comes out',
  'foreign.pickle': 'a Python pickle, which is a program and is never run here',
  'foreign.pickle.step':
    'save its arrays in Python with numpy.savez("a.npz", x=images, y=labels); CIFAR has a binary version too',
  'foreign.torch': 'a PyTorch file',
  'foreign.torch.step':
    'save its tensors in Python with numpy.savez("a.npz", x=images.numpy(), y=labels.numpy())',
  'foreign.hdf5': 'an HDF5 file, as Keras and h5py write it',
  'foreign.hdf5.step':
    'save its arrays in Python: f = h5py.File("a.h5"); numpy.savez("a.npz", **{k: f[k][()] for k in f})',
  'foreign.matlab': 'a MATLAB file',
  'foreign.matlab.step':
    'save its arrays in Python: m = scipy.io.loadmat("a.mat"); numpy.savez("a.npz", x=m["X"], y=m["y"]); images must come first, so that x has the shape n x height x width',
  'foreign.parquet': 'a Parquet file',
  'foreign.parquet.step':
    'save it as CSV in Python with pandas.read_parquet("a.parquet").to_csv("a.csv", index=False), or its pictures as PNG files in a folder for each class',
  'foreign.arrow': 'an Arrow or Feather file',
  'foreign.arrow.step':
    'save it as CSV in Python with pandas.read_feather("a.feather").to_csv("a.csv", index=False)',
  'foreign.tfrecord': 'a TFRecord file',
  'foreign.tfrecord.step':
    'save its images in Python, with tensorflow_datasets: tfds.as_numpy and numpy.savez("a.npz", x=images, y=labels)',
  'foreign.libsvm': 'a file of LIBSVM, which leaves out zeros',
  'foreign.libsvm.step':
    'save it in Python: x, y = sklearn.datasets.load_svmlight_file("a"); numpy.savez("a.npz", x=x.toarray(), y=y)',
  'foreign.json': 'a JSON file',
  'foreign.json.step':
    'save its images in Python as a CSV file with a row for each image, or with numpy.savez("a.npz", x=images, y=labels)',
  'foreign.onnx': 'a network in ONNX',
  'foreign.onnx.step':
    'choose the images instead; a network is imported under Weights, as safetensors',
} as const satisfies Record<string, string>;
