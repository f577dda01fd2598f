import protobuf from 'protobufjs';

/**
 * The part of ONNX's protocol buffer schema that the local models use. Field
 * numbers are those of onnx.proto3.
 */
const schema = {
  nested: {
    OperatorSetId: message({ domain: ['string', 1], version: ['int64', 2] }),
    Model: message({
      irVersion: ['int64', 1],
      producerName: ['string', 2],
      graph: ['Graph', 7],
      opsetImport: ['OperatorSetId', 8, 'repeated'],
    }),
    Graph: message({
      node: ['Node', 1, 'repeated'],
      name: ['string', 2],
      initializer: ['Tensor', 5, 'repeated'],
      input: ['ValueInfo', 11, 'repeated'],
      output: ['ValueInfo', 12, 'repeated'],
    }),
    Node: message({
      input: ['string', 1, 'repeated'],
      output: ['string', 2, 'repeated'],
      name: ['string', 3],
      opType: ['string', 4],
      attribute: ['Attribute', 5, 'repeated'],
    }),
    Attribute: message({
      name: ['string', 1],
      f: ['float', 2],
      i: ['int64', 3],
      ints: ['int64', 8, 'repeated'],
      type: ['int32', 20],
    }),
    ValueInfo: message({ name: ['string', 1], type: ['ValueType', 2] }),
    ValueType: message({ tensorType: ['TensorType', 1] }),
    TensorType: message({ elemType: ['int32', 1], shape: ['Shape', 2] }),
    Shape: message({ dim: ['Dimension', 1, 'repeated'] }),
    Dimension: message({ dimValue: ['int64', 1], dimParam: ['string', 2] }),
    Tensor: message({
      dims: ['int64', 1, 'repeated'],
      dataType: ['int32', 2],
      name: ['string', 8],
      rawData: ['bytes', 9],
      externalData: ['Entry', 13, 'repeated'],
      dataLocation: ['int32', 14],
    }),
    Entry: message({ key: ['string', 1], value: ['string', 2] }),
  },
};

/** @param {Record<string, [type: string, id: number, rule?: string]>} fields */
function message(fields) {
  const entries = Object.entries(fields).map(([name, [type, id, rule]]) => [name, { type, id, ...(rule && { rule }) }]);
  return { fields: Object.fromEntries(entries) };
}

const root = protobuf.Root.fromJSON(schema);

/**
 * Encodes one message of the schema.
 *
 * @param {string} type
 * @param {Record<string, unknown>} value
 * @returns {Uint8Array}
 */
export function encode(type, value) {
  return root.lookupType(type).encode(value).finish();
}
