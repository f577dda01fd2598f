import type { Texts } from '../texts.js';

// Russian. Addresses the reader as "вы"; buttons are infinitives. A download is "скачивание", loading from the device is
// "загрузка". Statuses are nouns or neuter participles, because they are of no particular noun.

const LATER = 'Вернитесь позже или используйте другую модель.';
const REFUSED = 'Сервер отказал в доступе. Возможно, подойдёт другая модель.';
const BLOCKED = 'Политика Content-Security-Policy этой страницы не разрешает подключение. Изменить это может только владелец страницы.';
const MISSING = 'Возможно, данные перемещены или удалены. Попробуйте другую модель.';
const SPACE = 'Освободите место или используйте модель поменьше.';
const RELOAD = 'Скачивание завершено. Часто помогает перезагрузка страницы.';

/** The forms after a number; the missing ones are "модели". */
const MODELS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'модель', many: 'моделей' };

export const texts: Texts = {
  status: {
    idle: 'Ещё не начато',
    queued: 'В очереди',
    checking: 'Проверка…',
    downloading: 'Скачивание',
    paused: 'Приостановлено',
    stalled: 'Данные не поступают',
    waiting: 'Ожидание новой попытки',
    preparing: 'Подготовка…',
    completed: 'Готово к использованию',
    failed: 'Не удалось скачать',
    cancelled: 'Отменено',
  },
  failure: {
    offline: {
      title: 'Нет подключения к интернету',
      advice: 'Подключитесь к интернету, чтобы продолжить.',
      lastAdvice: LATER,
    },
    network: {
      title: 'Соединение прервано',
      advice: 'Проверьте подключение и повторите попытку.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'Сервер не ответил вовремя',
      advice: 'Возможно, сервер перегружен или соединение слишком медленное. Повторите попытку чуть позже.',
      lastAdvice: LATER,
    },
    http: {
      title: 'На сервере произошла ошибка',
      advice: 'Обычно это временно. Повторите попытку чуть позже.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'Для этой модели нужно разрешение', advice: REFUSED, lastAdvice: REFUSED },
    blocked: { title: 'Этой странице запрещено подключаться к серверу', advice: BLOCKED, lastAdvice: BLOCKED },
    'not-found': { title: 'Не удалось найти модель или один из её файлов', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'Слишком много запросов',
      advice: 'Сервер ограничивает частоту запросов. Немного подождите и повторите попытку.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'Модель изменилась во время скачивания',
      advice: 'Опубликована более новая версия. Начните с нуля, чтобы скачать её.',
      lastAdvice: 'Начните с нуля, чтобы скачать более новую версию, или используйте другую модель.',
    },
    corrupt: {
      title: 'Скачанные данные повреждены',
      advice: 'Они не совпадают с оригиналом. Начните с нуля, чтобы скачать их ещё раз.',
      lastAdvice: 'Начните с нуля, чтобы скачать данные ещё раз, или используйте другую модель.',
    },
    quota: { title: 'На этом устройстве закончилось место', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'Не удалось запустить модель', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'Скачивание остановлено',
      advice: 'Его можно в любой момент начать снова.',
      lastAdvice: 'Используйте другую модель или перезагрузите страницу.',
    },
    unknown: {
      title: 'Не удалось загрузить модель',
      advice: 'Повторите попытку или используйте другую модель.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'Запуск длится дольше обычного. Если ничего не происходит, перезагрузите страницу.',
  unfinished: 'Скачано частично',
  fromDevice: 'Загрузка с этого устройства',
  unknownModel: 'Модель',
  severalModels: ({ text, plural }) => `${text} ${MODELS[plural] ?? 'модели'}`,
  noDownload: 'Скачиваний нет',
  waitingForConnection: 'Ожидание подключения',
  retryIn: (duration) => `Новая попытка через ${duration}`,
  retryNow: 'Новая попытка…',
  startingAgain: (attempt, attempts) => `Начинается снова (повторная попытка ${attempt.text} из ${attempts.text})`,
  attempt: (attempt, attempts) => `Повторная попытка ${attempt.text} из ${attempts.text}`,
  amount: (bytes, total) => `${bytes} из ${total}`,
  amountSoFar: (bytes) => `Получено ${bytes}`,
  timeLeft: (duration) => `Осталось ${duration}`,
  fewSeconds: 'несколько секунд',
  sizeUnknown: 'Размер пока неизвестен',
  downloadSize: (size) => `Нужно скачать ${size}`,
  onDevice: 'Уже есть на этом устройстве',
  notOnDevice: 'Пока нет на этом устройстве',
  partlyOnDevice: (size) => `${size} уже есть на этом устройстве`,
  excludesRuntime: 'Плюс ONNX Runtime (размер неизвестен)',
  fits: 'На этом устройстве достаточно места',
  doesNotFit: 'На этом устройстве может не хватить места',
  variants: 'Версия',
  savesData: 'В этом браузере включена экономия трафика',
  mobileData: 'Вы используете мобильный интернет, он может быть платным',
  slowConnection: 'Соединение медленное',
  timeAtLastSpeed: (duration) => `При скорости прошлого скачивания: ${duration}`,
  acceptTerms: 'Примите условия, чтобы начать скачивание.',
  notKept: 'Недостаточно места, чтобы сохранить модель. В следующий раз её придётся скачать снова.',
  kept: 'Скачанная часть сохранена на этом устройстве. Начните снова, чтобы продолжить с этого места.',
  cancelHint: 'После отмены браузер может докачать некоторые файлы в фоновом режиме.',
  tip: 'Пока модель скачивается, вы можете и дальше пользоваться этой страницей.',
  shortTip: 'Можно и дальше пользоваться этой страницей',
  filesDone: (done, files) => `${done.text} из ${files.text} ${files.plural === 'one' ? 'файла' : 'файлов'}`,
  fileFromDevice: 'С этого устройства',
  fileWaiting: 'Ожидание',
  finalFailure: (advice) => `Попыток больше не осталось. ${advice}`,
  technicalDetails: 'Технические сведения',
  showDetails: 'Показать подробности',
  hideDetails: 'Скрыть подробности',
  files: 'Файлы',
  minimise: 'Свернуть',
  background: 'Продолжить в фоне',
  download: 'Скачать',
  loadFromDevice: 'Загрузить',
  notNow: 'Не сейчас',
  pause: 'Приостановить',
  resume: 'Продолжить',
  cancel: 'Отменить',
  close: 'Закрыть',
  retry: 'Повторить',
  restart: 'Начать с нуля',
  startAgain: 'Начать снова',
  chooseModel: 'Выбрать другую модель',
  open: (name) => `Показать скачивание: ${name}`,
  announcement: (name, text) => `${name}: ${text}`,
  started: 'Загрузка началась',
  separator: ', ',
};
