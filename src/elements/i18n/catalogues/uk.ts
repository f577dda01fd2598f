import type { Texts } from '../texts.js';

// Ukrainian. Addresses the reader as "ви"; buttons are infinitives. Statuses are nouns or impersonal forms in -но and -то,
// because they are of no particular noun.

const LATER = 'Поверніться пізніше або скористайтеся іншою моделлю.';
const REFUSED = 'Сервер відмовив у доступі. Можливо, підійде інша модель.';
const BLOCKED = 'Політика Content-Security-Policy цієї сторінки не дозволяє з’єднання. Змінити це може лише власник сторінки.';
const MISSING = 'Можливо, дані переміщено або видалено. Спробуйте іншу модель.';
const SPACE = 'Звільніть місце або скористайтеся меншою моделлю.';
const RELOAD = 'Завантаження завершено. Часто допомагає перезавантаження сторінки.';

/** The forms after a number; the missing ones are "моделі". */
const MODELS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'модель', many: 'моделей' };

export const texts: Texts = {
  status: {
    idle: 'Ще не розпочато',
    queued: 'У черзі',
    checking: 'Перевірка…',
    downloading: 'Завантаження',
    paused: 'Призупинено',
    stalled: 'Дані не надходять',
    waiting: 'Очікування нової спроби',
    preparing: 'Підготовка…',
    completed: 'Готово до використання',
    failed: 'Не вдалося завантажити',
    cancelled: 'Скасовано',
  },
  failure: {
    offline: {
      title: 'Немає з’єднання з інтернетом',
      advice: 'Підключіться до інтернету, щоб продовжити.',
      lastAdvice: LATER,
    },
    network: {
      title: 'З’єднання перервано',
      advice: 'Перевірте з’єднання та повторіть спробу.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'Сервер не відповів вчасно',
      advice: 'Можливо, сервер перевантажений або з’єднання надто повільне. Повторіть спробу трохи згодом.',
      lastAdvice: LATER,
    },
    http: {
      title: 'На сервері сталася помилка',
      advice: 'Зазвичай це тимчасово. Повторіть спробу трохи згодом.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'Для цієї моделі потрібен дозвіл', advice: REFUSED, lastAdvice: REFUSED },
    blocked: { title: 'Цій сторінці заборонено підключатися до сервера', advice: BLOCKED, lastAdvice: BLOCKED },
    'not-found': { title: 'Не вдалося знайти модель або один із її файлів', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'Забагато запитів',
      advice: 'Сервер обмежує частоту запитів. Трохи зачекайте та повторіть спробу.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'Модель змінилася під час завантаження',
      advice: 'Опубліковано новішу версію. Почніть з нуля, щоб завантажити її.',
      lastAdvice: 'Почніть з нуля, щоб завантажити новішу версію, або скористайтеся іншою моделлю.',
    },
    corrupt: {
      title: 'Завантажені дані пошкоджено',
      advice: 'Вони не збігаються з оригіналом. Почніть з нуля, щоб завантажити їх ще раз.',
      lastAdvice: 'Почніть з нуля, щоб завантажити дані ще раз, або скористайтеся іншою моделлю.',
    },
    quota: { title: 'На цьому пристрої закінчилося місце', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'Не вдалося запустити модель', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'Завантаження зупинено',
      advice: 'Його можна будь-коли розпочати знову.',
      lastAdvice: 'Скористайтеся іншою моделлю або перезавантажте сторінку.',
    },
    unknown: {
      title: 'Не вдалося завантажити модель',
      advice: 'Повторіть спробу або скористайтеся іншою моделлю.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'Запуск триває довше, ніж зазвичай. Якщо нічого не відбувається, перезавантажте сторінку.',
  fromDevice: 'Зчитування з цього пристрою',
  unknownModel: 'Модель',
  severalModels: ({ text, plural }) => `${text} ${MODELS[plural] ?? 'моделі'}`,
  noDownload: 'Завантажень немає',
  waitingForConnection: 'Очікування з’єднання',
  retryIn: (duration) => `Нова спроба через ${duration}`,
  retryNow: 'Нова спроба…',
  startingAgain: (attempt, attempts) => `Розпочинається знову (повторна спроба ${attempt.text} з ${attempts.text})`,
  attempt: (attempt, attempts) => `Повторна спроба ${attempt.text} з ${attempts.text}`,
  amount: (bytes, total) => `${bytes} з ${total}`,
  amountSoFar: (bytes) => `Отримано ${bytes}`,
  timeLeft: (duration) => `Залишилося ${duration}`,
  fewSeconds: 'кілька секунд',
  sizeUnknown: 'Розмір поки невідомий',
  downloadSize: (size) => `Потрібно завантажити ${size}`,
  onDevice: 'Уже є на цьому пристрої',
  notOnDevice: 'Поки немає на цьому пристрої',
  partlyOnDevice: (size) => `${size} уже є на цьому пристрої`,
  excludesRuntime: 'Плюс ONNX Runtime (розмір невідомий)',
  fits: 'На цьому пристрої достатньо місця',
  doesNotFit: 'На цьому пристрої може не вистачити місця',
  notKept: 'Недостатньо місця, щоб зберегти модель. Наступного разу її доведеться завантажити знову.',
  kept: 'Завантажену частину збережено на цьому пристрої. Почніть знову, щоб продовжити з цього місця.',
  cancelHint: 'Після скасування браузер може завершити завантаження деяких файлів у фоновому режимі.',
  tip: 'Поки модель завантажується, ви можете й далі користуватися цією сторінкою.',
  shortTip: 'Можна й далі користуватися цією сторінкою',
  filesDone: (done, files) => `${done.text} з ${files.text} ${files.plural === 'one' ? 'файлу' : 'файлів'}`,
  fileFromDevice: 'З цього пристрою',
  fileWaiting: 'Очікування',
  finalFailure: (advice) => `Спроб більше не залишилося. ${advice}`,
  technicalDetails: 'Технічні відомості',
  showDetails: 'Показати подробиці',
  hideDetails: 'Сховати подробиці',
  files: 'Файли',
  minimise: 'Згорнути',
  background: 'Продовжити у фоні',
  download: 'Завантажити',
  loadFromDevice: 'Запустити',
  notNow: 'Не зараз',
  pause: 'Призупинити',
  resume: 'Продовжити',
  cancel: 'Скасувати',
  close: 'Закрити',
  retry: 'Повторити',
  restart: 'Почати з нуля',
  startAgain: 'Почати знову',
  chooseModel: 'Вибрати іншу модель',
  open: (name) => `Показати завантаження: ${name}`,
  announcement: (name, text) => `${name}: ${text}`,
  started: 'Завантаження розпочалося',
  separator: ', ',
};
