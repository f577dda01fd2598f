import { expect } from 'chai';
import { isOptional } from '#dist/model/transformers/optional-files.js';

describe('isOptional', () => {
  for (const version of [2, 3, 4]) {
    it(`accepts generation_config.json and rejects required files in version ${version}`, () => {
      expect(isOptional('generation_config.json', version)).to.equal(true);
      for (const file of ['config.json', 'tokenizer.json', 'onnx/model.onnx', 'onnx/generation_config.json']) {
        expect(isOptional(file, version), file).to.equal(false);
      }
    });
  }

  it('accepts a chat template only in version 4', () => {
    expect([2, 3, 4, 5].map((version) => isOptional('chat_template.jinja', version))).to.deep.equal([false, false, true, true]);
  });

  it('accepts the processor of a text-to-speech model only in version 2', () => {
    const file = 'preprocessor_config.json';
    expect([2, 3, 4].map((version) => isOptional(file, version, 'text-to-speech'))).to.deep.equal([true, false, false]);
    expect(isOptional(file, 2, 'text-to-audio')).to.equal(true);
    expect(isOptional(file, 2, 'automatic-speech-recognition')).to.equal(false);
    expect(isOptional(file, 2)).to.equal(false);
  });
});
