import type { StorageTexts } from '../storage-texts.js';

// Hebrew. Gender-neutral: advice with "אפשר" and "יש", buttons are nouns of action.
// Names are isolated, so that their direction does not affect the text around them.

const isolated = (name: string): string => `\u2068${name}\u2069`;

export const texts: StorageTexts = {
  title: 'המודלים במכשיר הזה',
  checking: 'המכשיר נבדק…',
  noModels: 'אין מודלים שמורים במכשיר הזה.',
  unreadable: 'לא ניתן לקרוא את האחסון של המכשיר הזה.',
  someUnreadable: 'לא ניתן לבדוק חלק מהמודלים.',
  complete: 'שלם',
  stored: 'במכשיר הזה',
  unfinished: 'לא הושלם',
  inUse: 'בשימוש',
  inUseHint: 'לא ניתן למחוק אותו כל עוד הדף הזה משתמש בו.',
  downloadingHint: 'כדי למחוק אותו יש לבטל קודם את ההורדה.',
  sharedInUseHint: 'לא ניתן למחוק אותו כל עוד הדף הזה משתמש בקבצים שלו.',
  lastUsed: (when) => `שימוש אחרון: ${when}`,
  sharedFiles: (names) => `אותם קבצים כמו ${names}, והם נמחקים יחד.`,
  delete: 'מחיקה',
  undo: 'ביטול המחיקה',
  buttonLabel: (button, name) => `${button}: ${isolated(name)}`,
  deletingIn: (duration) => `יימחק בעוד ${duration}`,
  deletionPaused: 'בהשהיה',
  deleting: 'מתבצעת מחיקה…',
  deleted: 'נמחק',
  notDeleted: 'לא נמחק',
  deleteFailed: 'לא ניתן למחוק',
  usage: (used) => `האתר הזה משתמש ב־${used}.`,
  usageOfQuota: (used, quota) => `האתר הזה משתמש ב־${used}. הדפדפן מאפשר לו עד ${quota}.`,
  persistent: 'הדפדפן שומר את הנתונים האלה עד שיימחקו ידנית.',
  notPersistent: 'הדפדפן עלול למחוק את הנתונים האלה כשהמקום אוזל.',
  persist: 'שמירת הנתונים',
  persisting: 'בהמתנה לתשובת הדפדפן…',
  persistRefused: 'הדפדפן לא הסכים. ייתכן שיסכים מאוחר יותר, אם הביקורים באתר יהיו תכופים יותר.',
  others: 'קבצים אחרים של האתר הזה',
  otherFiles: (software) => `קבצים אחרים של ${isolated(software)}`,
  atLeast: (size) => `לפחות ${size}`,
  othersHint: 'לא ניתן למחוק אותם כאן.',
};
