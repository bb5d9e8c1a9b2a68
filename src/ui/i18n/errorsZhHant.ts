import type { ErrorCode } from '../../util/errorTexts.ts';
import { assumptionsZhHant } from './assumptionsZhHant.ts';

/** Every refusal in Traditional Chinese, with the same placeholders as in English. */
export const errorsZhHant: Record<ErrorCode, string> = {
  ...assumptionsZhHant,
  'idx.header':
    '{{file}} 只有 {{actual}} 位元組，不足 IDX 標頭所需的 {{expected}} 位元組。請重新下載。',
  'idx.truncated':
    '{{file}} 提早結束：標頭宣告有 {{expected}} 位元組的資料，實際只有 {{actual}}。請重新下載。',
  'idx.trailing': '{{file}} 比標頭所說的更長：應有 {{expected}} 位元組的資料，實際有 {{actual}}。',
  'idx.magic': '{{file}} 不是 IDX 檔：開頭是 0x{{magic}}，應為 0x0000080{{rank}}。',
  'idx.tooLarge':
    '{{file}} 宣告有 {{count}} 張 {{height}}x{{width}} 像素的影像，超出本頁所能容納的量。',
  'idx.countMismatch':
    '{{imagesFile}} 有 {{images}} 張影像，但 {{labelsFile}} 有 {{labels}} 個標籤。兩者必須成對。',
  'idx.label': '{{file}} 的第 {{index}} 項標籤是 {{label}}；標籤必須介於 0 與 {{max}} 之間。',
  'gzip.corrupt': '{{file}} 無法解壓縮：它不是完整的 gzip 檔。請重新下載。',
  'gzip.tooLarge': '{{file}} 解壓縮後超過 {{limit}} 位元組，因此不予接受。',
  'dataset.tar':
    '{{file}} 不是可讀取的 tar 封存檔：{{problem}}。請重新下載，或將其中的檔案壓成 zip。',
  'dataset.files':
    'IDX 資料集需要兩個或四個檔案：訓練用的影像與標籤，若有測試資料則再加上測試用的兩個。收到的是：{{files}}。',
  'dataset.ambiguous':
    '無法分辨 {{files}} 之中哪些用於訓練、哪些用於測試。請在檔名中加上「train」與「test」。',
  'dataset.sides':
    '{{file}} 的影像為 {{height}}x{{width}} 像素；可接受的邊長為 {{min}} 到 {{max}}。請先調整影像大小。',
  'dataset.shapes':
    '{{trainFile}} 的影像為 {{trainShape}} 像素，但 {{testFile}} 的影像為 {{testShape}}。兩者大小必須相同。',
  'dataset.tooFew':
    '{{file}} 有 {{count}} 張影像；至少需要 {{min}} 張，一部分用來訓練，其餘用來驗證。',
  'dataset.unreachable': '無法載入 {{url}}（{{status}}）。請再次執行「npm start」以準備 MNIST。',
  'dataset.mismatch':
    '模型是為 {{modelInput}} 的影像與 {{modelClasses}} 個類別而建，資料集卻是 {{dataInput}} 的影像與 {{dataClasses}} 個類別。請載入訓練它時所用的資料集，或訓練新的模型。',
  'images.turned':
    '{{dataset}} 的筆跡與背景明暗，正好和訓練「{{run}}」的影像相反，因此每張影像都先反相再辨識，其餘不變。',
  'images.prepared':
    '{{dataset}} 的影像與訓練「{{run}}」的影像不同：大小、邊框或筆跡不一樣。因此每張影像都先像手寫圖一樣處理過再辨識。請抽查幾筆結果；若不正確，請以這類影像訓練。',
  'dataset.noTest': '這個資料集沒有測試影像，因此無從評估。請一併匯入測試檔案。',
  'dataset.noValidation':
    '{{dataset}} 沒有保留驗證用的影像，因此無從量測。請在「資料集」中撥出一些，或匯入有標籤的影像。',
  'dataset.noTrainingSplit':
    '{{dataset}} 沒有可供訓練、有標籤的影像，因此無從量測。請一併匯入訓練檔案。',
  'dataset.notOfRun':
    '訓練「{{run}}」使用的是 {{dataset}}，但這個資料集已不在這裡。請重新匯入，或用目前的資料集訓練新的模型。',
  'dataset.missing': '尚無資料集。請先載入 MNIST 或匯入資料集。',
  'dataset.noFiles': '所選的檔案都不屬於資料集。請選擇 IDX、CSV、NumPy 或 CIFAR 檔，或圖片。',
  'dataset.unreadable': '瀏覽器無法讀取 {{file}}。若檔案在選取後被修改或移動，請重新選取。',
  'dataset.unknownFile':
    '{{file}} 不是資料集可用的檔案：IDX、CSV、NumPy（.npy、.npz）、CIFAR 二進位檔、PNG、JPEG、WebP、GIF、BMP 或 AVIF 圖片，或含有這些檔案的 zip 或 tar 檔。若其他檔案已有影像，請將它排除；否則請將影像存成 PNG（每個類別一個資料夾），或每張一列的 CSV。',
  'dataset.mixture': '{{file}} 與 {{other}} 是不同種類的檔案。請只選擇同一個資料集的檔案。',
  'dataset.tooLarge':
    '{{file}} 需要 {{bytes}} 位元組，超出本頁可容納的 {{limit}}。請只選擇資料集的一部分。',
  'dataset.tooLargeTogether':
    '加上 {{file}} 之後，這個資料集會占 {{bytes}} 位元組，超過本頁可容納的 {{limit}}。請只選取其中一部分。',
  'dataset.addressSecret':
    '{{address}} 中含有使用者名稱或密碼，瀏覽器不會送出。請將它刪去，或自行下載檔案後拖放到這裡。',
  'dataset.budget':
    '無法接受 {{file}} 以及與它一起選取的檔案：{{problem}}。請先解壓縮，再選取其中一部分。',
  'dataset.classes':
    '{{file}} 有 {{classes}} 個類別；可接受 {{min}} 到 {{max}} 個。請排除或合併一些類別。',
  'dataset.cancelled': '已取消讀取資料集。',
  'dataset.noTraining':
    '{{dataset}} 沒有訓練影像，因此無法用來學習。請在「資料集」中以訓練好的模型進行預測，或匯入有標籤的影像。',
  'dataset.nothingToPredict':
    '沒有可預測的影像：這個資料集既沒有未標籤的影像，也沒有測試影像。請匯入未標籤影像的檔案。',
  'dataset.nameCount': '給了 {{given}} 個名稱，但只有 {{classes}} 個類別。請刪去多餘的名稱。',
  'dataset.nameLong':
    '類別名稱「{{name}}」有 {{length}} 個字元，最多可用 {{most}} 個。請把它縮短。',
  'dataset.nameTwice': '有兩個類別都叫 {{name}}。請為每個類別取不同的名稱。',
  'dataset.split':
    '{{dataset}} 最多可將 {{most}} 張有標籤的影像用於驗證，無法使用 {{given}} 張：其餘的要用於訓練。',
  'dataset.division':
    '若以 {{given}} 張影像訓練，{{dataset}} 就沒有影像可供驗證；最多 {{most}} 張。',
  'ablation.dataset':
    '這個消融實驗使用資料集「{{kept}}」；目前的「{{now}}」影像不同，結果無法相比。請重新開啟先前的資料集，或清除結果。',
  'ablation.division':
    '這個消融實驗中有一次訓練用了 {{now}} 張影像，而非 {{kept}} 張，結果無法相比。請刪除該次訓練，或清除結果。',
  'ablation.engine':
    '這個消融實驗在引擎 {{kept}} 上執行，而非 {{now}}，結果無法相比。請重新選擇 {{kept}}，或清除結果。',
  'ablation.replaced':
    '之後已開始另一次消融實驗，因此無法取回先前的各列。其訓練紀錄仍在「訓練紀錄」中。',
  'ablation.unreadable':
    '已移除舊版消融實驗的表格：其中未註明各列使用的影像與引擎。其訓練仍保存在訓練紀錄中。',
  'dataset.address':
    '{{address}} 不是可以下載的網址。網址必須以 https:// 開頭，並指向一個檔案；同一資料集的檔案每行一個，最多 {{most}} 個。',
  'dataset.notAtHand': '這個資料集的檔案已不在手邊。請重新匯入檔案，再做選擇。',
  'dataset.offline':
    '這台電腦目前離線，無法下載 {{url}}。請連上網路後再試，或將下載好的檔案拖放到這裡。',
  'dataset.notFetched':
    '無法下載 {{url}}（{{problem}}）。該網站可能無法連線，或不允許其他網頁讀取。請自行下載後拖放到這裡。',
  'files.none':
    '其中沒有檔案，只有文字、連結、空資料夾，或什麼都沒有。請選取檔案，或直接拖放、貼上檔案本身。',
  'files.several':
    '一次來了 {{count}} 個檔案（{{files}}），這裡只接受一個。請只選取或拖放你要的那一個。',
  'files.severalWeights':
    '一次來了 {{count}} 個檔案（{{files}}），而權重只接受一個模型：.safetensors、.onnx、zip 檔，或 model.json 連同其 weights.bin。請只選取你要的那一個。',
  'files.folder': '{{folder}} 是資料夾，這裡只接受一個檔案。請打開資料夾，取出你要的檔案。',
  'files.tooMany':
    '{{folder}} 內的檔案超過本頁一次能接受的 {{most}} 個。請選取其中的一個資料夾，或壓縮成 zip 檔。',
  'files.nowhere':
    '本頁沒有地方接受 {{files}}。請將資料集的影像拖放到「資料集」，圖片拖放到「手寫辨識」，權重（.safetensors、.zip）拖放到「權重」。',
  'files.foreign': '{{file}} 是{{what}}，這裡無法讀取：{{step}}。',
  'predictions.cancelled': '已取消預測。',
  'csv.columns':
    '{{file}} 的第一列有 {{columns}} 欄。應為正方形影像的像素（灰階或三個色版），可含或不含標籤：28x28 的影像為 784 或 785 欄。',
  'csv.noPixels':
    '{{file}} 是有 {{columns}} 欄的表格，第一行是「{{line}}」。這不是像素表：像素表每張影像一列、每個像素一欄，28x28 為 784 或 785 欄。請選擇存放像素的檔案。',
  'csv.ragged':
    '{{file}} 的第 {{row}} 列有 {{columns}} 欄，應為 {{expected}} 欄。請修正或刪除這一列。',
  'csv.value':
    '{{file}} 的第 {{row}} 列第 {{column}} 欄是「{{value}}」，應為 0 到 255 或 0 到 1 的數字。',
  'csv.label':
    '{{file}} 的第 {{row}} 列第 {{column}} 欄的標籤是「{{value}}」；標籤必須是 0 到 {{max}} 的整數，或是文字。',
  'csv.oneHot':
    '{{file}} 第 {{row}} 列的類別欄（從第 {{column}} 欄起）有 {{ones}} 個 1；每列必須恰好有一個，位於所屬類別的那一欄。',
  'csv.manyWords':
    '{{file}} 有超過 {{max}} 種標籤；第 {{row}} 列第 {{column}} 欄的「{{value}}」又多了一種。若該欄不是標籤，請將它移除；否則請排除或合併類別。',
  'csv.empty': '{{file}} 沒有任何一列像素。請選擇至少有一張影像的檔案。',
  'npy.header':
    '{{file}} 的標頭不是 NumPy 所寫的格式。請以 numpy.save 或 numpy.savez 重新儲存陣列。',
  'npy.dtype':
    '{{file}} 存放的值型別是 {{dtype}}。可讀取數字，標籤也可以是文字：請用 astype 轉換，例如 astype("uint8")。',
  'npy.objects':
    '{{file}} 存放的是 Python 物件，NumPy 會把它存成程式（pickle），這裡絕不執行。影像請存成 numpy.array(images, dtype="uint8")，標籤請存成 numpy.array(labels, dtype="uint8") 或 dtype=str。',
  'npy.shape':
    '{{file}} 的形狀為 {{shape}}。應為 n x 高 x 寬 的影像（最後可有 1 或 3 個色版），或 n 個標籤。',
  'npy.length':
    '{{file}} 的長度與標頭不符：應有 {{expected}} 位元組的資料，實際有 {{actual}}。請重新儲存。',
  'npy.value':
    '{{file}} 的第 {{index}} 個值是 {{value}}；像素必須介於 0 到 255、0 到 1，或 -1 到 1。請先還原其他縮放。',
  'npy.oneHot':
    '{{file}} 每張影像有 {{width}} 個數字，但第 {{index}} 項不是一個 1 加上其餘的 0。請改存整數類別：numpy.argmax(labels, axis=1)。',
  'pixels.range':
    '{{file}} 的小數最大到 {{highest}}：既不是 0 到 1，也不是 0 到 255，無法判斷亮度。請先縮放到 0 到 255 再儲存。',
  'npy.arrays':
    '這些陣列無法構成資料集：{{files}}。應有訓練用的影像與標籤，若有測試資料則再加上測試用的。',
  'cifar.length':
    '{{file}} 的結尾不是完整的 {{recordBytes}} 位元組紀錄：多出 {{extra}} 位元組。請重新下載。',
  'pictures.noClass':
    '{{file}} 沒有類別，但其他圖片有。請把它放進以類別命名的資料夾，或把類別寫在檔名前面，例如 cat_1.png。',
  'pictures.newClass':
    '{{file}} 屬於類別 {{class}}，但訓練用的圖片中沒有這個類別。請加入一些，或將它排除。',
  'weights.unknownFormat':
    '{{file}} 既不是 safetensors 或 ONNX 檔，也不是含有 model.json 與其權重的 zip 檔。請從本頁匯出權重，或選擇其他檔案。',
  'weights.notSafetensors':
    '{{file}} 不是 safetensors 檔：{{problem}}。請選擇以 safetensors 格式儲存的檔案。',
  'weights.header': '{{file}} 的標頭無效：{{problem}}。',
  'weights.tooLarge': '{{file}} 需要 {{bytes}} 位元組，超出本頁接受的上限 {{limit}}。',
  'weights.zip': '{{file}} 不是可讀取的 zip 檔：{{problem}}。',
  'weights.zipEntry': '{{file}} 中沒有 {{entry}}。檔案必須包含 model.json 與其中列出的權重檔。',
  'weights.metadata': '{{file}} 沒有說明它屬於哪個網路（{{problem}}）。只能匯入由本頁匯出的檔案。',
  'weights.missingTensor': '{{file}} 缺少網路 {{network}} 所需的張量 {{tensor}}。',
  'weights.extraTensor': '{{file}} 含有網路 {{network}} 所沒有的張量 {{tensor}}。',
  'weights.shape':
    '{{file}} 中張量 {{tensor}} 的形狀為 {{actual}}；網路 {{network}} 需要 {{expected}}。',
  'weights.dtype':
    '{{file}} 中張量 {{tensor}} 的型別是 {{actual}}；可匯入浮點型別（F16、BF16、F32、F64）。請匯出未量化的權重。',
  'weights.notFinite':
    '{{file}} 中張量 {{tensor}} 在位置 {{index}} 的值為 {{value}}。含有這種權重的網路無法預測。',
  'weights.negativeVariance':
    '{{file}} 中張量 {{tensor}} 在位置 {{index}} 的值為 {{value}}，但變異數不可能為負。請在訓練它的地方重新匯出權重。',
  'export.averagePadding':
    '層 {{layer}} 的平均視窗在影像兩側超出的範圍不同，PyTorch 沒有這樣的層。請匯出為 ONNX。',
  'export.embed': '本站中供嵌入自己網頁的部分未能取得（{{status}}）。請重新載入本頁後再匯出。',
  'pytorch.stateDict':
    '無法判斷 {{file}} 屬於哪個網路：{{problem}}。請改以 ONNX 匯出模型，其中也包含網路架構。',
  'weights.samples':
    '{{file}} 記錄了其網路對十張影像的輸出，但讀入的網路對第 {{image}} 張影像的輸出不同：差異為 {{difference}}，容許值為 {{most}}。檔案已遭更改或損壞，請重新匯出。',
  'onnx.unreadable':
    '{{file}} 無法當作 ONNX 讀取：{{problem}}。請重新匯出為單一且含權重的檔案，或選擇其他檔案。',
  'onnx.operator':
    '{{file}} 的節點 {{node}} 使用運算子 {{operator}}，本頁無法執行。可執行的是由 {{known}} 串成的網路。請匯出不含此運算子的網路。',
  'onnx.node':
    '{{file}} 的節點 {{node}}（{{operator}}）不相容：{{problem}}。請在原本的程式中修改網路後重新匯出。',
  'layers.unreadable':
    '{{file}} 無法當作 TensorFlow.js 的 layers 模型讀取：{{problem}}。請以 model.save() 重新儲存，或將網路匯出為 ONNX。',
  'layers.kind':
    '{{file}} 的層 {{layer}} 屬於 {{kind}}，本頁不執行這種層。本頁執行由下列層串成的網路：{{known}}。請匯出不含此層的網路。',
  'layers.layer':
    '{{file}} 的層 {{layer}}（{{kind}}）不相容：{{problem}}。請在原本的程式中修改網路後重新匯出。',
  'picture.unreadable': '{{file}} 不是此瀏覽器能讀取的圖片。請使用 PNG 或 JPEG 檔。',
  'picture.tooLarge':
    '{{file}} 為 {{width}}x{{height}} 像素；可接受最多 {{megapixels}} 百萬像素、邊長最多 {{side}} 的圖片。請存成較小的尺寸。',
  'picture.blank': '{{file}} 中沒有可辨識的內容：沒有從紙面明顯浮現的筆跡。',
  'drawings.file': '{{file}} 不是本頁能讀取的手寫檔案：{{problem}}。請選擇從這裡匯出的檔案。',
  'drawings.tooMany': '手寫將有 {{count}} 張，超過可保留的 {{limit}} 張。請先刪除一些。',
  'drawings.room': '手寫將共有 {{pixels}} 個像素，超過可保留的 {{most}} 個。請先刪除一些。',
  'drawings.tooLarge':
    '{{file}} 為 {{width}}x{{height}} 像素；最多保留 {{side}}x{{side}} 的圖片。請選擇較小的圖片。',
  'drawings.gone':
    '訓練「{{run}}」所學的手寫圖中有 {{missing}} 張已被刪除。請重新匯入，或重新微調。',
  'deletion.final': '刪除的內容現已永久移除，無法復原。',
  'drawings.none': '沒有屬於這個模型所認得類別的手寫。請先畫一個，並說明它是什麼。',
  'engine.unavailable': '引擎 {{engine}} 無法在這台電腦上啟動：{{problem}}。請選擇其他引擎。',
  'engine.lost': 'GPU 裝置已中斷（{{reason}}）。訓練用的 Worker 會從最後的檢查點重新開始。',
  'engine.outOfMemory': 'GPU 記憶體已用盡。請選擇較小的批次或寬度，或關閉其他使用 GPU 的頁面。',
  'engine.bufferTooLarge':
    '這個 GPU 的緩衝區上限是 {{limitMB}} MB，而 {{buffer}} 需要 {{neededMB}} MB。請選擇較小的寬度或批次，或改用其他引擎。',
  'engine.heapTooSmall':
    '這次訓練需要 {{neededMB}} MB，而 WebAssembly 最多只能定址 {{limitMB}} MB。可容納的最大批次是 {{batch}}，最大寬度是 {{width}}（0 表示沒有）。請選擇其中之一，或改用其他引擎。',
  'engine.noHeap':
    '瀏覽器無法提供這次訓練所需的 {{neededMB}} MB。請選擇較小的寬度或批次，或關閉其他頁面。',
  'engine.gpuError': 'GPU 回報錯誤：{{problem}}。請選擇其他引擎。',
  'engine.threadFailed':
    '{{threads}} 個執行緒之一無法運作：{{problem}}。請減少執行緒數，或選擇其他引擎。',
  'engine.notTrainable':
    '{{layer}} 層需要 {{neededMB}} MB 的緩衝區，但這個 GPU 的上限是 {{limitMB}} MB。可容納的最大寬度是 {{width}}，最大批次是 {{batch}}（0 表示沒有）。請選擇其中之一，或改用其他引擎。',
  'training.notFinite':
    '損失在第 {{step}} 步變成 {{loss}}，因此停止訓練。第 {{checkpoint}} 步的檢查點仍然保留。請降低學習率後重新訓練。',
  'training.lossSpike':
    '第 {{step}} 步的損失升到 {{loss}}，先前通常是 {{median}}，因此訓練已暫停。按「繼續」會照目前狀態進行；以較低的學習率重新訓練可能較穩定。',
  'training.wentOff':
    '第 {{step}} 步的損失升到 {{loss}}，先前通常是 {{median}}，因此訓練已停止。第 {{checkpoint}} 步的檢查點仍然保留。請降低學習率後重新訓練。',
  'training.endedEarly':
    '訓練在第 {{step}} 步結束：連續 {{validations}} 次驗證的損失都沒有低於第 {{best}} 步。仍可按「繼續」訓練下去。',
  'training.weightsNotFinite':
    '第 {{step}} 步之後，張量 {{tensor}} 不再是有限值，因此沒有覆寫先前完好的檢查點。',
  'model.missing': '尚無訓練好的模型。請先訓練一個，或匯入權重。',
  'model.replaced': '讀取途中換成了另一個模型，因此沒有讀出結果。請再試一次。',
  'session.busy': '目前處於「{{phase}}」狀態，無法{{command}}。',
  'evaluation.cancelled': '評估已取消。',
  'ensemble.unlike': '{{first}} 與 {{second}} 無法一起判讀：{{problem}}。',
  'inside.overtaken': '已放棄這次檢視，因為有較新的請求或另一個模型取代了它。',
  'inside.cancelled': '檢視已取消。',
  'inside.noClass': '網路沒有編號 {{label}} 的類別。請選擇 0 到 {{last}} 之間的編號。',
  'inside.noConvolution': 'Grad-CAM 需要卷積層的特徵圖，而這個網路沒有卷積層。請改用其他方法。',
  'inside.noLayer': '網路沒有可以檢視的 {{layer}} 層。請指定下列其中之一：{{layers}}。',
  'inside.pictureBytes':
    '收到 {{actual}} 位元組的圖片，網路需要 {{expected}} 位元組（{{shape}}）。請先處理圖片，或提供寬與高。',
  'storage.quota':
    '瀏覽器沒有空間存放這個檢查點（{{neededMB}} MB）。上一個檢查點仍然保留，訓練會繼續，但之後學到的內容不會保留。請在「訓練紀錄」中刪除或匯出一些紀錄。',
  'storage.datasetQuota':
    '瀏覽器沒有空間保存資料集 {{dataset}}（需要 {{neededMB}} MB）。關閉頁面前仍可使用。請刪除訓練紀錄或資料集以騰出空間。',
  'storage.datasetCorrupt': '保存的資料集 {{dataset}} 已損壞。請刪除後重新匯入檔案。',
  'storage.full':
    '瀏覽器已沒有空間留給本頁，這項變更沒有保存。請刪除一些訓練或資料集，或先將它們匯出。',
  'storage.updateQuota':
    '瀏覽器沒有空間將本頁已儲存的內容轉換為這個版本的格式。沒有任何內容遺失，全都原樣保留，但目前無法開啟，也不會保存新的內容。請釋出磁碟空間或刪除其他網站儲存的資料，再重新載入本頁。',
  'storage.failed':
    '瀏覽器無法完成本頁儲存內容的變更（{{problem}}）。請再試一次；若仍失敗，請重新載入本頁。',
  'storage.low':
    '這次訓練的檢查點最多需要 {{neededMB}} MB，而瀏覽器只剩 {{freeMB}} MB 可供本頁使用。請刪除一些訓練紀錄，或選擇較小的寬度。',
  'storage.interrupted':
    '第 {{step}} 步的檢查點未能完成（{{problem}}）。上一個檢查點仍然保留，訓練會繼續。',
  'storage.inUse':
    '本頁的另一個分頁正在訓練或匯入。同一時間只能有一個分頁寫入訓練紀錄：請等它完成，或將它暫停或關閉。',
  'storage.outdated':
    '另一個分頁正在執行本頁的較新版本，因此這個分頁不再儲存任何內容。請先匯出需要的內容，再重新載入。',
  'storage.blocked':
    '另一個分頁以本頁的舊版本占用儲存空間，因此這裡不會保留任何內容。請關閉那個分頁，這個分頁便會自行繼續。',
  'start.passedOverRun':
    '上次本頁在開啟訓練紀錄「{{name}}」時中止，因此這次沒有開啟它。其餘內容都在；仍可照樣開啟。',
  'start.passedOverSet':
    '上次本頁在開啟資料集「{{name}}」時中止，因此這次沒有開啟它。其餘內容都在；仍可照樣開啟。',
  'start.largeSet':
    '資料集「{{name}}」需要 {{megabytes}} MB，對記憶體 {{memory}} GB 的電腦而言偏大，因此沒有自動開啟。仍可照樣開啟。',
  'dataset.notKept':
    '資料集「{{dataset}}」需要 {{megabytes}} MB，對記憶體 {{memory}} GB 的電腦而言偏大：在關閉本頁之前可以使用，但不會保存到下次。若要保存，請只選取其中一部分。',
  'storage.slow':
    '瀏覽器在 {{seconds}} 秒內仍未開啟本頁的儲存空間，在開啟之前不會保存任何內容。訓練不受影響；若一直如此，請關閉本頁的其他分頁，或重新啟動瀏覽器。',
  'storage.deleted':
    '本頁儲存的內容在開啟期間被刪除。儲存空間已重新開啟，目前的訓練會在下一個檢查點重新儲存。',
  'storage.corrupt': '訓練 {{run}} 在第 {{step}} 步的檢查點已損毀，因此未載入（{{problem}}）。',
  'storage.curvesUnreadable':
    '訓練 {{run}} 的曲線共 {{total}} 段，其中 {{count}} 段無法讀取（{{problem}}），已原樣保留。權重完整，其餘各段照常顯示。',
  'storage.leftUnread':
    '這裡保留的資料中有 {{count}} 項（{{name}}）無法由這個版本的頁面讀取，已原樣保留。可在「訓練紀錄」的「無法讀取」清單中匯出或刪除；若由較新的版本寫入，請重新載入頁面。',
  'storage.unreadable':
    '無法讀取已儲存的{{kind}}「{{name}}」（{{problem}}），可能是本頁的其他版本寫入的。它會原樣保留；可在「訓練紀錄」中原樣匯出或刪除。',
  'storage.unavailable':
    '此瀏覽器不允許本頁儲存資料（{{problem}}）。仍可訓練，但不會保留任何內容。若要保留訓練紀錄，請離開無痕瀏覽。',
  'run.noBest': '紀錄「{{run}}」除了最後一步之外沒有其他權重。請開啟「保留最佳權重」再訓練。',
  'run.missing': '訓練 {{run}} 已不在儲存空間中。',
  'run.trainedElsewhere':
    '訓練 {{run}} 已在另一個分頁繼續訓練，因此這個分頁的內容未儲存。請在「訓練紀錄」中重新開啟它。',
  'runs.tooLarge':
    '所有訓練紀錄合計超過 zip 檔所能容納的 {{limitMB}} MB。請刪除一些，或逐一開啟並匯出權重。',
  'recipe.badValue': '配方不能設為 {{name}} = {{value}}：應為 {{expected}}。',
  'url.badValue': '網址要求 {{name}}={{value}}，但應為 {{expected}}，因此改用 {{used}}。',
  'chart.picture':
    '此瀏覽器無法產生圖片 {{file}}（{{problem}}）。請再試一次，或改用螢幕截圖；CSV 檔含有所有數字。',
  'page.effect': '瀏覽器不允許此頁面{{effect}}（{{problem}}）。其他功能照常運作。',
  'wait.tooLong':
    '等待{{waitedFor}}已有 {{seconds}} 秒，沒有回應。請再試一次；若仍無效，請重新載入頁面。',
  'worker.failed':
    '訓練用的 Worker 已停止：{{problem}}。另一個會從最後的檢查點接手；若沒有，請重新載入頁面。',
  'worker.silent': '訓練用的 Worker 已有 {{seconds}} 秒沒有回應。另一個會從最後的檢查點接手。',
  'worker.restarted': '完成之前，訓練用的 Worker 重新啟動了。請再試一次。',
  'message.invalid':
    '訓練用的 Worker 拒絕了 {{call}}：{{path}} 為 {{value}}，應為 {{expected}}。一切維持原狀。請更正此呼叫；若是頁面本身發出的，請重新載入頁面。',
  'message.unknown':
    '訓練用的 Worker 拒絕了一則不屬於任何呼叫的訊息：{{path}} 為 {{value}}，應為 {{expected}}。一切維持原狀。請重新載入頁面。',
  'message.ignored':
    '訓練用的 Worker 傳來此頁面不認得的訊息（{{problem}}），已忽略。若頁面上缺少內容，請重新載入頁面。',
};
