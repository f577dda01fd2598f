/** A chat with its speakers and messages, in which downloads are shown. */
export class Conversation {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  /**
   * @param {string} who
   * @param {string} text
   */
  say(who, text) {
    const name = Object.assign(document.createElement('strong'), { textContent: who });
    const words = Object.assign(document.createElement('p'), { textContent: text });
    this.#append('message', name, words);
  }

  /**
   * Puts the indicator of a download, and its recovery, into the conversation.
   *
   * @param {string} modelKey
   */
  follow(modelKey) {
    const known = [...this.root.querySelectorAll('model-progress-mini')];
    if (known.some((mini) => mini.getAttribute('model-key') === modelKey)) return;
    const elements = ['model-progress-mini', 'download-recovery'].map((tag) => {
      const element = document.createElement(tag);
      element.setAttribute('model-key', modelKey);
      return element;
    });
    this.#append('download', ...elements);
  }

  /**
   * @param {string} kind
   * @param {...HTMLElement} content
   */
  #append(kind, ...content) {
    const entry = Object.assign(document.createElement('div'), { className: kind });
    entry.append(...content);
    this.root.append(entry);
    entry.scrollIntoView({ block: 'nearest' });
  }
}
