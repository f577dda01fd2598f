import type { Count, Texts } from '../texts.js';

// Hebrew. Gender-neutral: advice with "אפשר" and "כדאי", buttons are nouns of action.
// Names are isolated, so that their direction does not affect the text around them.

const LATER = 'כדאי לחזור מאוחר יותר, או להשתמש במודל אחר.';
const REFUSED = 'השרת סירב לאפשר גישה. ייתכן שמודל אחר יעבוד.';
const MISSING = 'ייתכן שהוא הועבר או נמחק. ייתכן שמודל אחר יעבוד.';
const SPACE = 'כדאי לפנות מקום, או להשתמש במודל קטן יותר.';
const RELOAD = 'ההורדה הושלמה. לעיתים קרובות טעינה מחדש של הדף עוזרת.';

const models = ({ text, plural }: Count): string => {
  if (plural === 'one') return 'מודל אחד';
  return plural === 'two' ? 'שני מודלים' : `${text} מודלים`;
};

const ofFiles = ({ text, plural }: Count): string => {
  if (plural === 'one') return 'קובץ אחד';
  return plural === 'two' ? 'שני קבצים' : `${text} קבצים`;
};

const isolated = (name: string): string => `\u2068${name}\u2069`;

export const texts: Texts = {
  status: {
    idle: 'ההורדה עוד לא התחילה',
    queued: 'בהמתנה בתור',
    checking: 'מתבצעת בדיקה…',
    downloading: 'מתבצעת הורדה',
    paused: 'ההורדה מושהית',
    stalled: 'לא מגיעים נתונים',
    waiting: 'בהמתנה לניסיון נוסף',
    preparing: 'מתבצעת הכנה…',
    completed: 'מוכן לשימוש',
    failed: 'ההורדה נכשלה',
    cancelled: 'ההורדה בוטלה',
  },
  failure: {
    offline: {
      title: 'אין חיבור לאינטרנט',
      advice: 'כדי להמשיך יש להתחבר לאינטרנט.',
      lastAdvice: LATER,
    },
    network: {
      title: 'החיבור נותק',
      advice: 'כדאי לבדוק את החיבור ולנסות שוב.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'השרת לא הגיב בזמן',
      advice: 'ייתכן שהוא עמוס, או שהחיבור איטי. אפשר לנסות שוב בעוד רגע.',
      lastAdvice: LATER,
    },
    http: {
      title: 'יש תקלה בשרת',
      advice: 'בדרך כלל זה נפתר מהר. אפשר לנסות שוב בעוד רגע.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'נדרשת הרשאה למודל הזה', advice: REFUSED, lastAdvice: REFUSED },
    blocked: {
      title: 'הדף הזה אינו רשאי להתחבר לשרת',
      advice: 'מדיניות ⁨Content-Security-Policy⁩ של הדף אינה מאפשרת את החיבור. רק בעל הדף יכול לשנות זאת.',
      lastAdvice: 'מדיניות ⁨Content-Security-Policy⁩ של הדף אינה מאפשרת את החיבור. רק בעל הדף יכול לשנות זאת.',
    },
    'not-found': { title: 'המודל או אחד מהקבצים שלו לא נמצא', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'יותר מדי בקשות',
      advice: 'השרת מגביל את מספר הבקשות. כדאי להמתין מעט ולנסות שוב.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'המודל השתנה במהלך ההורדה',
      advice: 'פורסמה גרסה חדשה יותר. כדי להוריד אותה יש להתחיל מחדש.',
      lastAdvice: 'אפשר להתחיל מחדש כדי להוריד את הגרסה החדשה, או להשתמש במודל אחר.',
    },
    corrupt: {
      title: 'ההורדה פגומה',
      advice: 'הנתונים שהורדו אינם תואמים למקור. כדי להוריד אותם שוב יש להתחיל מחדש.',
      lastAdvice: 'אפשר להתחיל מחדש כדי להוריד את המודל שוב, או להשתמש במודל אחר.',
    },
    quota: { title: 'נגמר המקום במכשיר הזה', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'לא ניתן להפעיל את המודל', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'ההורדה נעצרה',
      advice: 'אפשר להתחיל אותה שוב בכל עת.',
      lastAdvice: 'אפשר להשתמש במודל אחר, או לטעון מחדש את הדף.',
    },
    unknown: {
      title: 'לא ניתן לטעון את המודל',
      advice: 'אפשר לנסות שוב, או להשתמש במודל אחר.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'ההפעלה נמשכת זמן רב מהרגיל. אם לא קורה דבר, יש לטעון מחדש את הדף.',
  unfinished: 'לא הושלם',
  fromDevice: 'טעינה מהמכשיר הזה',
  unknownModel: 'מודל',
  severalModels: models,
  noDownload: 'אין הורדה להצגה',
  waitingForConnection: 'בהמתנה לחיבור',
  retryIn: (duration) => `ניסיון נוסף בעוד ${duration}`,
  retryNow: 'מתבצע ניסיון נוסף…',
  startingAgain: (attempt, attempts) => `ההורדה מתחילה שוב (ניסיון נוסף ${attempt.text} מתוך ${attempts.text})`,
  attempt: (attempt, attempts) => `ניסיון נוסף ${attempt.text} מתוך ${attempts.text}`,
  amount: (bytes, total) => `${bytes} מתוך ${total}`,
  amountSoFar: (bytes) => `${bytes} עד כה`,
  timeLeft: (duration) => `עוד ${duration}`,
  fewSeconds: 'כמה שניות',
  sizeUnknown: 'הגודל עדיין לא ידוע',
  downloadSize: (size) => `${size} להורדה`,
  onDevice: 'כבר במכשיר הזה',
  notOnDevice: 'עדיין לא במכשיר הזה',
  partlyOnDevice: (size) => `${size} כבר במכשיר הזה`,
  excludesRuntime: 'בתוספת ONNX Runtime, שגודלו אינו ידוע',
  fits: 'יש מספיק מקום במכשיר הזה',
  doesNotFit: 'ייתכן שאין מספיק מקום במכשיר הזה',
  variants: 'גרסה',
  savesData: 'חוסך הנתונים מופעל בדפדפן הזה',
  mobileData: 'החיבור הוא בנתונים סלולריים, שעלולים לעלות כסף',
  slowConnection: 'החיבור איטי',
  timeAtLastSpeed: (duration) => `במהירות ההורדה האחרונה: ${duration}`,
  acceptTerms: 'כדי להתחיל בהורדה, יש לאשר את התנאים.',
  notKept: 'אין מספיק מקום לשמור את המודל. בפעם הבאה יהיה צורך להוריד אותו שוב.',
  kept: 'החלק שירד נשמר במכשיר הזה. חידוש ההורדה ימשיך מאותה נקודה.',
  cancelHint: 'אחרי הביטול הדפדפן עשוי להשלים ברקע קבצים שכבר התחיל.',
  tip: 'אפשר להמשיך להשתמש בדף הזה בזמן הורדת המודל.',
  shortTip: 'אפשר להמשיך להשתמש בדף הזה',
  filesDone: (done, files) => `${done.text} מתוך ${ofFiles(files)}`,
  fileFromDevice: 'מהמכשיר הזה',
  fileWaiting: 'בהמתנה',
  finalFailure: (advice) => `אין עוד ניסיונות. ${advice}`,
  technicalDetails: 'פרטים טכניים',
  showDetails: 'הצגת פרטים',
  hideDetails: 'הסתרת פרטים',
  files: 'קבצים',
  minimise: 'מזעור',
  background: 'המשך ברקע',
  download: 'הורדה',
  loadFromDevice: 'טעינה',
  notNow: 'לא עכשיו',
  pause: 'השהיה',
  resume: 'המשך',
  cancel: 'ביטול',
  close: 'סגירה',
  retry: 'ניסיון נוסף',
  restart: 'התחלה מחדש',
  startAgain: 'חידוש ההורדה',
  chooseModel: 'בחירת מודל אחר',
  open: (name) => `הצגת ההורדה של ${isolated(name)}`,
  announcement: (name, words) => `${isolated(name)}: ${words}`,
  started: 'הטעינה התחילה',
  separator: ', ',
};
