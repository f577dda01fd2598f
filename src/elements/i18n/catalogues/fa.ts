import type { Texts } from '../texts.js';

// Persian. Addresses the reader as "شما"; buttons are infinitives and nouns. Nouns have no plural after a number. A download is
// "بارگیری", loading from the device is "بار کردن".
// Names are isolated, so that their direction does not affect the text around them.

const LATER = 'بعداً دوباره سر بزنید یا از مدل دیگری استفاده کنید.';
const REFUSED = 'سرور اجازهٔ دسترسی نداد. شاید مدل دیگری کار کند.';
const BLOCKED = 'خط‌مشی ⁨Content-Security-Policy⁩ این صفحه اجازهٔ اتصال نمی‌دهد. فقط مالک صفحه می‌تواند آن را تغییر دهد.';
const MISSING = 'ممکن است جابه‌جا یا حذف شده باشد. شاید مدل دیگری کار کند.';
const SPACE = 'کمی فضا آزاد کنید یا از مدل کوچک‌تری استفاده کنید.';
const RELOAD = 'بارگیری کامل شده است. تازه‌سازی صفحه اغلب مشکل را برطرف می‌کند.';

const isolated = (name: string): string => `\u2068${name}\u2069`;

export const texts: Texts = {
  status: {
    idle: 'هنوز شروع نشده',
    queued: 'در صف انتظار',
    checking: 'در حال بررسی…',
    downloading: 'در حال بارگیری',
    paused: 'در حالت مکث',
    stalled: 'داده‌ای دریافت نمی‌شود',
    waiting: 'در انتظار تلاش دوباره',
    preparing: 'در حال آماده‌سازی…',
    completed: 'آمادهٔ استفاده',
    failed: 'بارگیری ناموفق بود',
    cancelled: 'لغو شد',
  },
  failure: {
    offline: {
      title: 'به اینترنت متصل نیستید',
      advice: 'برای ادامه، به اینترنت متصل شوید.',
      lastAdvice: LATER,
    },
    network: {
      title: 'اتصال قطع شد',
      advice: 'اتصال خود را بررسی کنید و دوباره امتحان کنید.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'سرور به‌موقع پاسخ نداد',
      advice: 'ممکن است سرور شلوغ یا اتصال شما کند باشد. کمی بعد دوباره امتحان کنید.',
      lastAdvice: LATER,
    },
    http: {
      title: 'سرور با مشکل روبه‌رو شده است',
      advice: 'این مشکل معمولاً موقتی است. کمی بعد دوباره امتحان کنید.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'این مدل به مجوز نیاز دارد', advice: REFUSED, lastAdvice: REFUSED },
    blocked: { title: 'این صفحه اجازهٔ اتصال به سرور را ندارد', advice: BLOCKED, lastAdvice: BLOCKED },
    'not-found': { title: 'مدل یا یکی از فایل‌های آن پیدا نشد', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'تعداد درخواست‌ها بیش از حد است',
      advice: 'سرور تعداد درخواست‌ها را محدود می‌کند. کمی صبر کنید و دوباره امتحان کنید.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'مدل هنگام بارگیری تغییر کرد',
      advice: 'نسخهٔ جدیدتری منتشر شده است. برای بارگیری آن، از ابتدا شروع کنید.',
      lastAdvice: 'برای بارگیری نسخهٔ جدیدتر از ابتدا شروع کنید یا از مدل دیگری استفاده کنید.',
    },
    corrupt: {
      title: 'داده‌های بارگیری‌شده خراب است',
      advice: 'این داده‌ها با نسخهٔ اصلی مطابقت ندارد. برای بارگیری دوباره، از ابتدا شروع کنید.',
      lastAdvice: 'برای بارگیری دوباره از ابتدا شروع کنید یا از مدل دیگری استفاده کنید.',
    },
    quota: { title: 'فضای این دستگاه پر است', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'مدل راه‌اندازی نشد', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'بارگیری متوقف شد',
      advice: 'هر وقت بخواهید می‌توانید آن را دوباره شروع کنید.',
      lastAdvice: 'از مدل دیگری استفاده کنید یا صفحه را تازه‌سازی کنید.',
    },
    unknown: {
      title: 'بار کردن مدل ممکن نشد',
      advice: 'دوباره امتحان کنید یا از مدل دیگری استفاده کنید.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'راه‌اندازی بیش از حد معمول طول کشیده است. اگر اتفاقی نیفتاد، صفحه را تازه‌سازی کنید.',
  unfinished: 'ناتمام',
  fromDevice: 'در حال بار کردن از این دستگاه',
  unknownModel: 'مدل',
  severalModels: ({ text }) => `${text} مدل`,
  noDownload: 'بارگیری‌ای برای نمایش وجود ندارد',
  waitingForConnection: 'در انتظار اتصال',
  retryIn: (duration) => `تلاش دوباره تا ${duration} دیگر`,
  retryNow: 'در حال تلاش دوباره…',
  startingAgain: (attempt, attempts) => `در حال شروع دوباره (تلاش دوباره: ${attempt.text} از ${attempts.text})`,
  attempt: (attempt, attempts) => `تلاش دوباره: ${attempt.text} از ${attempts.text}`,
  amount: (bytes, total) => `${bytes} از ${total}`,
  amountSoFar: (bytes) => `تاکنون ${bytes}`,
  timeLeft: (duration) => `${duration} مانده`,
  fewSeconds: 'چند ثانیه',
  sizeUnknown: 'حجم هنوز مشخص نیست',
  downloadSize: (size) => `حجم بارگیری: ${size}`,
  onDevice: 'از قبل در این دستگاه موجود است',
  notOnDevice: 'هنوز در این دستگاه موجود نیست',
  partlyOnDevice: (size) => `${size} از قبل در این دستگاه موجود است`,
  excludesRuntime: 'به‌علاوهٔ ⁨ONNX Runtime⁩ (حجم نامشخص)',
  fits: 'فضای این دستگاه کافی است',
  doesNotFit: 'ممکن است فضای این دستگاه کافی نباشد',
  variants: 'نسخه',
  savesData: 'صرفه‌جویی داده در این مرورگر روشن است',
  mobileData: 'از دادهٔ تلفن همراه استفاده می‌کنید که ممکن است هزینه داشته باشد',
  slowConnection: 'اتصال شما کند است',
  timeAtLastSpeed: (duration) => `با سرعت آخرین بارگیری شما: ${duration}`,
  acceptTerms: 'برای شروع بارگیری، شرایط را بپذیرید.',
  notKept: 'فضای کافی برای نگه داشتن مدل نیست. دفعهٔ بعد دوباره بارگیری می‌شود.',
  kept: 'بخش بارگیری‌شده در این دستگاه ذخیره شده است. برای ادامه از همان‌جا، دوباره شروع کنید.',
  cancelHint: 'پس از لغو، ممکن است مرورگر بارگیری برخی فایل‌ها را در پس‌زمینه به پایان برساند.',
  tip: 'هنگام بارگیری مدل می‌توانید همچنان از این صفحه استفاده کنید.',
  shortTip: 'می‌توانید همچنان از این صفحه استفاده کنید',
  filesDone: (done, files) => `${done.text} از ${files.text} فایل`,
  fileFromDevice: 'از این دستگاه',
  fileWaiting: 'در انتظار',
  finalFailure: (advice) => `تلاش دیگری باقی نمانده است. ${advice}`,
  technicalDetails: 'جزئیات فنی',
  showDetails: 'نمایش جزئیات',
  hideDetails: 'پنهان کردن جزئیات',
  files: 'فایل‌ها',
  minimise: 'کوچک کردن',
  background: 'ادامه در پس‌زمینه',
  download: 'بارگیری',
  loadFromDevice: 'بار کردن',
  notNow: 'فعلاً نه',
  pause: 'مکث',
  resume: 'ادامه',
  cancel: 'لغو',
  close: 'بستن',
  retry: 'تلاش دوباره',
  restart: 'شروع از ابتدا',
  startAgain: 'شروع دوباره',
  chooseModel: 'استفاده از مدل دیگر',
  open: (name) => `نمایش بارگیری ${isolated(name)}`,
  announcement: (name, text) => `${isolated(name)}: ${text}`,
  started: 'بار کردن شروع شد',
  separator: '، ',
};
