import type { foreignTexts } from '../../util/foreignTexts.ts';

export const foreignZhHant: Record<keyof typeof foreignTexts, string> = {
  'foreign.heic': '一張 HEIC 照片',
  'foreign.heic.step':
    '請先存成 JPEG：在「照片」中匯出，或用 Python（pip install pillow-heif）執行 Image.open("a.heic").save("a.jpg")',
  'foreign.tiff': '一張 TIFF 圖片',
  'foreign.tiff.step':
    '請先存成 PNG：用任何影像軟體，或用 Python 執行 PIL.Image.open("a.tif").save("a.png")',
  'foreign.svg': '一張 SVG 向量圖',
  'foreign.svg.step': '請匯出為 PNG，例如用 Inkscape：inkscape a.svg --export-type=png',
  'foreign.jpegXl': '一張 JPEG XL 或 JPEG 2000 圖片',
  'foreign.jpegXl.step': '請先存成 PNG 或 JPEG',
  'foreign.video': '一段影片',
  'foreign.video.step': '請先取出單張圖片：ffmpeg -i a.mp4 %05d.png',
  'foreign.pdf': '一份 PDF 文件',
  'foreign.pdf.step': '請將頁面存成圖片：pdftoppm -png a.pdf page',
  'foreign.excel': '一個 Excel 活頁簿',
  'foreign.excel.step':
    '請在 Excel 中另存為 CSV，或用 Python 執行 pandas.read_excel("a.xlsx").to_csv("a.csv", index=False)',
  'foreign.openDocument': '一個 OpenDocument 檔案',
  'foreign.openDocument.step': '請在 LibreOffice Calc 中另存為 CSV',
  'foreign.word': '一份 Word 或 PowerPoint 文件',
  'foreign.word.step': '請取出其中的圖片並存成 PNG，每個類別一個資料夾',
  'foreign.rar': '一個 RAR 壓縮檔',
  'foreign.rar.step': '請先解壓縮，再選擇其中的檔案，或改壓成 zip',
  'foreign.sevenZip': '一個 7-Zip 壓縮檔',
  'foreign.sevenZip.step': '請先解壓縮，再選擇其中的檔案，或改壓成 zip',
  'foreign.bzip2': '一個 bzip2 壓縮檔',
  'foreign.bzip2.step': '請用 bunzip2 解開（.tar.bz2 用 tar xjf），再選擇解出的檔案',
  'foreign.xz': '一個 xz 壓縮檔',
  'foreign.xz.step': '請用 unxz 解開（.tar.xz 用 tar xJf），再選擇解出的檔案',
  'foreign.zstd': '一個 Zstandard 壓縮檔',
  'foreign.zstd.step': '請用 unzstd 解開，再選擇解出的檔案',
  'foreign.pickle': '一個 Python pickle 檔（內容是程式，這裡絕不執行）',
  'foreign.pickle.step':
    '請用 Python 將陣列存成 numpy.savez("a.npz", x=images, y=labels)；CIFAR 另有二進位版本',
  'foreign.torch': '一個 PyTorch 檔案',
  'foreign.torch.step':
    '請用 Python 將張量存成 numpy.savez("a.npz", x=images.numpy(), y=labels.numpy())',
  'foreign.hdf5': '一個 HDF5 檔案（Keras 與 h5py 使用的格式）',
  'foreign.hdf5.step':
    '請用 Python 轉存陣列：f = h5py.File("a.h5"); numpy.savez("a.npz", **{k: f[k][()] for k in f})',
  'foreign.matlab': '一個 MATLAB 檔案',
  'foreign.matlab.step':
    '請用 Python 轉存陣列：m = scipy.io.loadmat("a.mat"); numpy.savez("a.npz", x=m["X"], y=m["y"])；張數須排在最前面，使 x 的形狀為 n x 高 x 寬',
  'foreign.parquet': '一個 Parquet 檔案',
  'foreign.parquet.step':
    '請用 Python 存成 CSV：pandas.read_parquet("a.parquet").to_csv("a.csv", index=False)，或將圖片存成 PNG，每個類別一個資料夾',
  'foreign.arrow': '一個 Arrow 或 Feather 檔案',
  'foreign.arrow.step':
    '請用 Python 存成 CSV：pandas.read_feather("a.feather").to_csv("a.csv", index=False)',
  'foreign.tfrecord': '一個 TFRecord 檔案',
  'foreign.tfrecord.step':
    '請用 Python 轉存影像，例如以 tensorflow_datasets 的 tfds.as_numpy 搭配 numpy.savez("a.npz", x=images, y=labels)',
  'foreign.libsvm': '一個 LIBSVM 檔案（省略了 0）',
  'foreign.libsvm.step':
    '請用 Python 轉存：x, y = sklearn.datasets.load_svmlight_file("a"); numpy.savez("a.npz", x=x.toarray(), y=y)',
  'foreign.json': '一個 JSON 檔案',
  'foreign.json.step':
    '請用 Python 將影像存成每張一列的 CSV，或 numpy.savez("a.npz", x=images, y=labels)',
  'foreign.onnx': '一個 ONNX 網路',
  'foreign.onnx.step': '請改選影像；網路請在「權重」以 safetensors 匯入',
};
