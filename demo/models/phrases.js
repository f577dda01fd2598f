/**
 * What the chat models know by heart. The first reply is the answer to
 * everything that no keyword recognises. The first word of a reply begins no
 * other, and any two words in a row lead to one and the same third.
 *
 * @type {{ keywords: string[], text: string }[]}
 */
export const replies = [
  {
    keywords: [],
    text:
      'I am a very small model, made on this machine a moment ago. A few sentences are all I know by heart. ' +
      'Ask me about progress, downloads, speed, caches or privacy.',
  },
  {
    keywords: ['hello', 'hi', 'hey', 'morning', 'evening', 'welcome'],
    text: 'Hello! Nice to meet you. My weights came to this page byte by byte, and you watched every one of them arrive.',
  },
  {
    keywords: ['progress', 'bar', 'percent', 'percentage', 'honest', 'truth'],
    text: 'Progress is honest when each number comes from bytes. The bar that jumps or falls tells a story instead of the truth.',
  },
  {
    keywords: ['download', 'downloads', 'downloading', 'file', 'files', 'break', 'retry', 'stall'],
    text: 'Downloads break, stall and wait. Good pages keep what they have, go on from there and say so in plain words.',
  },
  {
    keywords: ['speed', 'fast', 'slow', 'quick', 'time', 'long'],
    text: 'Speed is measured over time, never guessed. While no byte arrives, it goes away and its place says why.',
  },
  {
    keywords: ['cache', 'caches', 'cached', 'disk', 'device', 'offline', 'again'],
    text: 'Cached files come back from your own device. They cost nothing, so they count as progress but not as speed.',
  },
  {
    keywords: ['privacy', 'private', 'secret', 'safe', 'data', 'server'],
    text: 'Privacy is simple here. What you write stays in your browser, because the model runs there too.',
  },
  {
    keywords: ['thanks', 'thank', 'great', 'nice', 'help', 'controls'],
    text: 'Glad to help. Try the controls beside our chat. Slow the link, cut it, break a file, then see what happens next.',
  },
  {
    keywords: ['joke', 'funny', 'laugh', 'fun'],
    text: 'Why did a model cross the network? To get to the other cache.',
  },
];

/** English to German, word by word, as the translator knows it. */
export const dictionary = {
  a: 'ein', and: 'und', are: 'sind', bad: 'schlecht', bed: 'Bett', big: 'groß', bird: 'Vogel', black: 'schwarz',
  blue: 'blau', book: 'Buch', bread: 'Brot', brother: 'Bruder', but: 'aber', cat: 'Katze', child: 'Kind', city: 'Stadt',
  cold: 'kalt', come: 'kommen', day: 'Tag', dog: 'Hund', door: 'Tür', drink: 'trinken', eat: 'essen', evening: 'Abend',
  father: 'Vater', fire: 'Feuer', fish: 'Fisch', five: 'fünf', flower: 'Blume', for: 'für', four: 'vier', friend: 'Freund',
  from: 'von', garden: 'Garten', glass: 'Glas', go: 'gehen', good: 'gut', green: 'grün', hand: 'Hand', happy: 'glücklich',
  has: 'hat', have: 'haben', he: 'er', heart: 'Herz', hello: 'Hallo', here: 'hier', house: 'Haus', i: 'ich', in: 'in',
  is: 'ist', it: 'es', language: 'Sprache', large: 'groß', life: 'Leben', light: 'Licht', little: 'wenig', long: 'lang',
  love: 'Liebe', machine: 'Maschine', man: 'Mann', milk: 'Milch', model: 'Modell', money: 'Geld', moon: 'Mond',
  morning: 'Morgen', mother: 'Mutter', music: 'Musik', my: 'mein', name: 'Name', network: 'Netz', new: 'neu',
  night: 'Nacht', no: 'nein', not: 'nicht', now: 'jetzt', number: 'Zahl', of: 'von', old: 'alt', on: 'auf', one: 'eins',
  open: 'offen', or: 'oder', our: 'unser', page: 'Seite', paper: 'Papier', people: 'Leute', rain: 'Regen', read: 'lesen',
  red: 'rot', river: 'Fluss', school: 'Schule', sea: 'Meer', she: 'sie', sister: 'Schwester', sleep: 'schlafen',
  slow: 'langsam', small: 'klein', snow: 'Schnee', star: 'Stern', street: 'Straße', summer: 'Sommer', sun: 'Sonne',
  table: 'Tisch', thanks: 'danke', that: 'das', the: 'das', there: 'dort', they: 'sie', this: 'dies', three: 'drei',
  time: 'Zeit', to: 'zu', today: 'heute', tree: 'Baum', two: 'zwei', very: 'sehr', warm: 'warm', water: 'Wasser',
  we: 'wir', white: 'weiß', wind: 'Wind', window: 'Fenster', winter: 'Winter', with: 'mit', woman: 'Frau', word: 'Wort',
  world: 'Welt', write: 'schreiben', year: 'Jahr', yes: 'ja', you: 'du', young: 'jung', your: 'dein',
};

/** Words that make a sentence friendlier, and words that do the opposite. */
export const opinions = {
  positive: `amazing beautiful best better brilliant calm clever delicious easy enjoy excellent fair fantastic favorite
    fine friendly fun funny glad good great happy helpful honest joy like love lovely lucky nice perfect pleasant pleasure
    pretty proud safe smart smile strong superb sweet thanks useful warm welcome well win wonderful`.split(/\s+/),
  negative: `afraid angry annoying awful bad boring broken cold cry difficult dirty disappointing empty enemy error fail
    fear hate horrible hurt ill lazy lie lose lost mistake never no pain poor problem sad sick slow sorry strange stupid
    terrible tired trouble ugly useless waste weak worry worse worst wrong`.split(/\s+/),
};
