import type { ModelDownloadDialogElement } from 'model-download';
import { useRef, useState, type ReactElement } from 'react';
import { answer, MODEL_KEY, MODEL_NAME } from './model.ts';
import { useDownload } from './use-download.ts';

interface Message {
  readonly who: string;
  readonly text: string;
}

export function App(): ReactElement {
  const dialog = useRef<ModelDownloadDialogElement>(null);
  const download = useDownload(MODEL_KEY);
  const [messages, setMessages] = useState<readonly Message[]>([]);

  const say = (who: string, text: string) => setMessages((said) => [...said, { who, text }]);

  const send = async (form: FormData) => {
    const message = String(form.get('message'));
    say('You', message);
    say(MODEL_NAME, await answer(message));
  };

  return (
    <>
      <h1>A chat in React</h1>
      <button type="button" onClick={() => dialog.current?.show()}>
        Get {MODEL_NAME}
      </button>
      <div role="log" aria-label="Messages">
        {messages.map(({ who, text }, index) => (
          <p key={index}>
            <strong>{who}:</strong> {text}
          </p>
        ))}
      </div>
      <model-progress-mini model-key={MODEL_KEY} />
      <download-recovery
        model-key={MODEL_KEY}
        onmodel-download-retry-request={({ detail }) => say('Page', `“${detail.modelKey}” is tried again.`)}
      />
      <form action={send}>
        <label>
          Message <input name="message" required />
        </label>
        <button type="submit" disabled={download?.status !== 'completed'}>
          Send
        </button>
      </form>
      <model-download-dialog
        ref={dialog}
        model-key={MODEL_KEY}
        onmodel-download-background-request={({ detail }) => say('Page', `“${detail.modelKey}” goes on in the background.`)}
      />
    </>
  );
}
