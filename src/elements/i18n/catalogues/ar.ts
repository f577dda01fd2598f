import type { Count, Texts } from '../texts.js';

// Modern Standard Arabic. Advice in the imperative singular; buttons are verbal nouns, which do not address the reader.
// Names are isolated, so that their direction does not affect the text around them.

const LATER = 'عُد لاحقًا أو استخدم نموذجًا آخر.';
const REFUSED = 'رفض الخادم السماح بالوصول. قد يعمل نموذج آخر.';
const MISSING = 'ربما نُقل أو حُذف. قد يعمل نموذج آخر.';
const SPACE = 'حرِّر بعض المساحة أو استخدم نموذجًا أصغر.';
const RELOAD = 'اكتمل التنزيل. كثيرًا ما تفيد إعادة تحميل الصفحة.';

const models = ({ text, plural }: Count): string =>
  ({
    zero: `${text} نموذج`,
    one: 'نموذج واحد',
    two: 'نموذجان',
    few: `${text} نماذج`,
    many: `${text} نموذجًا`,
    other: `${text} نموذج`,
  })[plural];

/** The genitive forms, after "of". */
const ofFiles = ({ text, plural }: Count): string =>
  ({
    zero: `${text} ملف`,
    one: 'ملف واحد',
    two: 'ملفين',
    few: `${text} ملفات`,
    many: `${text} ملفًا`,
    other: `${text} ملف`,
  })[plural];

const isolated = (name: string): string => `\u2068${name}\u2069`;

export const texts: Texts = {
  status: {
    idle: 'لم يبدأ بعد',
    queued: 'في انتظار الدور',
    checking: 'جارٍ التحقق…',
    downloading: 'جارٍ التنزيل',
    paused: 'متوقف مؤقتًا',
    stalled: 'لا تصل أي بيانات',
    waiting: 'في انتظار إعادة المحاولة',
    preparing: 'جارٍ التحضير…',
    completed: 'جاهز للاستخدام',
    failed: 'فشل التنزيل',
    cancelled: 'أُلغي التنزيل',
  },
  failure: {
    offline: {
      title: 'أنت غير متصل بالإنترنت',
      advice: 'اتصل بالإنترنت للمتابعة.',
      lastAdvice: LATER,
    },
    network: {
      title: 'انقطع الاتصال',
      advice: 'تحقق من اتصالك ثم حاول مرة أخرى.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'لم يستجب الخادم في الوقت المناسب',
      advice: 'قد يكون الخادم مشغولًا أو اتصالك بطيئًا. حاول مرة أخرى بعد قليل.',
      lastAdvice: LATER,
    },
    http: {
      title: 'يواجه الخادم مشكلة',
      advice: 'عادةً ما تُحل سريعًا. حاول مرة أخرى بعد قليل.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'يتطلب هذا النموذج إذنًا', advice: REFUSED, lastAdvice: REFUSED },
    blocked: {
      title: 'لا يُسمح لهذه الصفحة بالاتصال بالخادم',
      advice: 'سياسة ⁨Content-Security-Policy⁩ الخاصة بالصفحة لا تسمح بالاتصال. مالك الصفحة وحده يستطيع تغيير ذلك.',
      lastAdvice: 'سياسة ⁨Content-Security-Policy⁩ الخاصة بالصفحة لا تسمح بالاتصال. مالك الصفحة وحده يستطيع تغيير ذلك.',
    },
    'not-found': { title: 'لم يُعثر على النموذج أو على أحد ملفاته', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'طلبات كثيرة جدًا',
      advice: 'يحدّ الخادم من عدد الطلبات. انتظر قليلًا ثم حاول مرة أخرى.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'تغيّر النموذج أثناء التنزيل',
      advice: 'نُشر إصدار أحدث. ابدأ من جديد لتنزيله.',
      lastAdvice: 'ابدأ من جديد لتنزيل الإصدار الأحدث أو استخدم نموذجًا آخر.',
    },
    corrupt: {
      title: 'التنزيل تالف',
      advice: 'البيانات التي نُزِّلت لا تطابق الأصل. ابدأ من جديد لتنزيلها مرة أخرى.',
      lastAdvice: 'ابدأ من جديد لتنزيل النموذج مرة أخرى أو استخدم نموذجًا آخر.',
    },
    quota: { title: 'نفدت المساحة على هذا الجهاز', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'تعذّر تشغيل النموذج', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'أُوقف التنزيل',
      advice: 'يمكنك بدؤه مرة أخرى متى شئت.',
      lastAdvice: 'استخدم نموذجًا آخر أو أعد تحميل الصفحة.',
    },
    unknown: {
      title: 'تعذّر تحميل النموذج',
      advice: 'حاول مرة أخرى أو استخدم نموذجًا آخر.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'يستغرق التشغيل وقتًا أطول من المعتاد. إذا لم يحدث شيء، فأعد تحميل الصفحة.',
  unfinished: 'غير مكتمل',
  fromDevice: 'جارٍ التحميل من هذا الجهاز',
  unknownModel: 'نموذج',
  severalModels: models,
  noDownload: 'لا يوجد تنزيل لعرضه',
  waitingForConnection: 'في انتظار الاتصال',
  retryIn: (duration) => `إعادة المحاولة بعد ${duration}`,
  retryNow: 'جارٍ إعادة المحاولة…',
  startingAgain: (attempt, attempts) => `جارٍ البدء مرة أخرى (إعادة المحاولة ${attempt.text} من ${attempts.text})`,
  attempt: (attempt, attempts) => `إعادة المحاولة ${attempt.text} من ${attempts.text}`,
  amount: (bytes, total) => `${bytes} من ${total}`,
  amountSoFar: (bytes) => `${bytes} حتى الآن`,
  timeLeft: (duration) => `المتبقي: ${duration}`,
  fewSeconds: 'بضع ثوانٍ',
  sizeUnknown: 'الحجم غير معروف بعد',
  downloadSize: (size) => `حجم التنزيل: ${size}`,
  onDevice: 'موجود بالفعل على هذا الجهاز',
  notOnDevice: 'ليس على هذا الجهاز بعد',
  partlyOnDevice: (size) => `${size} موجودة بالفعل على هذا الجهاز`,
  excludesRuntime: 'يُضاف إليه ONNX Runtime، وحجمه غير معروف',
  fits: 'المساحة على هذا الجهاز كافية',
  doesNotFit: 'قد لا تكفي المساحة على هذا الجهاز',
  variants: 'الإصدار',
  savesData: 'توفير البيانات مفعَّل في هذا المتصفح',
  mobileData: 'أنت تستخدم بيانات الجوّال، وقد تترتب عليها رسوم',
  slowConnection: 'اتصالك بطيء',
  timeAtLastSpeed: (duration) => `بسرعة آخر تنزيل لك: ${duration}`,
  acceptTerms: 'وافِق على الشروط لبدء التنزيل.',
  notKept: 'لا توجد مساحة كافية للاحتفاظ بالنموذج. سيُنزَّل مرة أخرى في المرة القادمة.',
  kept: 'الجزء الذي نُزِّل محفوظ على هذا الجهاز. عند البدء مرة أخرى يُستأنف التنزيل من حيث توقف.',
  cancelHint: 'بعد الإلغاء قد يكمل المتصفح في الخلفية الملفات التي بدأها.',
  tip: 'يمكنك متابعة استخدام هذه الصفحة أثناء تنزيل النموذج.',
  shortTip: 'يمكنك متابعة استخدام هذه الصفحة',
  filesDone: (done, files) => `${done.text} من ${ofFiles(files)}`,
  fileFromDevice: 'من هذا الجهاز',
  fileWaiting: 'في الانتظار',
  finalFailure: (advice) => `لم تعد هناك محاولات أخرى. ${advice}`,
  technicalDetails: 'تفاصيل تقنية',
  showDetails: 'إظهار التفاصيل',
  hideDetails: 'إخفاء التفاصيل',
  files: 'الملفات',
  minimise: 'تصغير',
  background: 'المتابعة في الخلفية',
  download: 'تنزيل',
  loadFromDevice: 'تحميل',
  notNow: 'ليس الآن',
  pause: 'إيقاف مؤقت',
  resume: 'استئناف',
  cancel: 'إلغاء',
  close: 'إغلاق',
  retry: 'إعادة المحاولة',
  restart: 'البدء من جديد',
  startAgain: 'البدء مرة أخرى',
  chooseModel: 'استخدام نموذج آخر',
  open: (name) => `عرض تنزيل ${isolated(name)}`,
  announcement: (name, words) => `${isolated(name)}: ${words}`,
  started: 'بدأ التحميل',
  separator: '، ',
};
