import type { assumptionTexts } from '../../util/assumptionTexts.ts';

/** What is said of each assumption, in Traditional Chinese. */
export const assumptionsZhHant: Record<keyof typeof assumptionTexts, string> = {
  'assumed.resampled': '{{file}} 的影像為 {{from}} 像素；全部已重新取樣為 {{to}}。',
  'assumed.picturesResampled':
    '已將 {{count}} 張圖片重新取樣為 {{to}} 像素；其中第一張 {{file}} 原為 {{from}}。',
  'assumed.stretched':
    '{{file}} 的像素值介於 {{from}}；已將整個資料集拉伸為 {{to}}（由黑到白），與手繪和圖片一致。',
  'assumed.inkOnTransparent':
    '{{count}} 張圖片是透明底上的淺色筆跡，已襯上黑底讓筆跡看得見；第一張是 {{file}}。',
  'assumed.imagesLast':
    '陣列 {{file}} 的形狀為 {{shape}}：影像沿最後一軸排列（MATLAB 的存法），已照此讀取。',
  'assumed.labelsLast':
    '標籤 {{file}} 的形狀為 {{shape}}：每一直欄當作一張影像的標籤（MATLAB 的存法）。',
  'assumed.labelsSquare':
    '標籤 {{file}} 的形狀為 {{shape}}，列數與欄數相同：每一橫列當作一張影像的標籤。',
  'assumed.darkOnLight':
    '{{file}} 的影像是淺色底上的深色筆跡，會依原樣訓練。模型會記住這一點：之後要它辨識的內容，也都會轉成淺底深字。',
  'assumed.turned': '{{file}} 屬於 EMNIST，其影像橫躺存放；已轉正。',
  'assumed.turnedByChoice': '依您的決定，已將 {{file}} 的影像行列對調。',
  'assumed.notTurnedByChoice': '依您的決定，{{file}} 的影像維持存放時的方向。',
  'assumed.validationLeftOut': '已略過 {{file}}：驗證用的影像取自訓練資料。',
  'assumed.validationJoined':
    '{{count}} 張驗證用的影像也用於學習，{{file}} 是其中之一：驗證影像會從所有非測試用的影像中抽取。',
  'assumed.rolesBySize': '檔名看不出哪個用於訓練：較大的 {{train}} 用於訓練，{{test}} 用於測試。',
  'assumed.rolesByColumn':
    '{{file}} 的「{{column}}」欄標明影像的用途：{{train}} 張用於學習，{{test}} 張用於測試。',
  'assumed.rowsUnlabelled':
    '{{file}} 中有 {{count}} 列標明用於測試但沒有標籤，因此其影像當作待預測的影像。',
  'assumed.rolesSwapped': '依您的決定，{{file}} 已在訓練與測試之間對調。',
  'assumed.onlyForTest': '{{file}} 的名稱是測試集：只用來評估，不用來學習。',
  'assumed.folderIsClass':
    '資料夾 {{folder}} 與 {{beside}} 並列，因此也當作一個類別。若其中的圖片另有用途，請將各類別放進與它並列的「train」資料夾，再重新匯入。',
  'assumed.folderHidden': '已略過資料夾 {{folder}} 中的 {{count}} 個檔案：它不是類別。',
  'assumed.folderUnlabelled': '資料夾 {{folder}} 中的 {{count}} 張圖片當作沒有類別、待預測的圖片。',
  'assumed.picturesUnlabelled':
    '{{count}} 張圖片（{{file}} 是其中之一）的資料夾與檔名都沒有指出兩個以上的類別，因此當作待預測的圖片。若要用來訓練，請將每個類別放進各自的資料夾，再一起匯入。',
  'assumed.copiesPassedOver': '有 {{count}} 個檔案重複，只讀取一次；{{file}} 與 {{other}} 相同。',
  'assumed.otherFormPassedOver':
    '已略過 {{count}} 個以另一種格式存放資料的檔案：讀取了 {{other}}，未讀取 {{file}}。',
  'assumed.filesJoined':
    '{{count}} 個檔案的名稱只差編號，是同一個檔案的各部分，已依編號接在一起；{{file}} 是其中之一。',
  'assumed.filePassedOver': '已略過 {{file}}：它不屬於任何資料集。',
  'assumed.columnsIgnored': '未讀取 {{file}} 的這些欄：{{columns}}。',
  'assumed.labelFirst': '{{file}} 的標籤在第一欄（第 {{column}} 欄）。',
  'assumed.labelLast': '由數值可知，{{file}} 的標籤在最後一欄（第 {{column}} 欄）。',
  'assumed.labelUnclear':
    '{{file}} 的標籤可能在第 {{column}} 欄，也可能在第 {{other}} 欄；目前採用第 {{column}} 欄。請查看影像，若看起來錯位，請改選另一欄。',
  'assumed.labelByChoice': '依您的決定，{{file}} 的標籤在第 {{column}} 欄。',
  'assumed.noLabelByChoice': '依您的決定，{{file}} 沒有標籤欄。',
  'assumed.labelsByOrder': '{{file}} 的標籤來自 {{labels}}，依相同順序對應。',
  'assumed.labelsByName': '{{file}} 的標籤來自 {{labels}}，依其「{{column}}」欄的名稱對應。',
  'assumed.classPerFile':
    '{{count}} 個檔案各存放一個類別的影像，以檔名作為類別名稱；{{file}} 是類別 {{name}}。',
  'assumed.labelsFrom': '{{file}} 的標籤從 {{lowest}} 開始；類別即依此命名。',
  'assumed.namesFromFile': '類別名稱來自 {{file}}。',
  'assumed.namesKnown': '類別名稱採用 {{set}} 的名稱。',
  'assumed.codePage':
    '{{file}} 中的名稱不是 UTF-8，已當作 {{codePage}} 讀取：「{{example}}」。若看起來不對，請改選其他字碼頁。',
  'assumed.codePageByChoice':
    '依您的決定，{{file}} 中的名稱已當作 {{codePage}} 讀取：「{{example}}」。',
  'assumed.ids': '{{file}} 的影像依其「{{column}}」欄命名（{{first}} …）；預測結果會沿用這些名稱。',
  'assumed.oneClass':
    '{{file}} 的訓練影像全部是同一個標籤 {{name}}：沒有可以區分的類別。若標籤在其他欄，請改選該欄。',
  'assumed.imagesAlike': '{{file}} 的訓練影像全都一樣：網路學不到任何東西。請確認是否選對檔案。',
  'assumed.imagesFlat':
    '{{file}} 的每張訓練影像都只有單一亮度，上面沒有任何圖案。請確認是否選對檔案。',
};
