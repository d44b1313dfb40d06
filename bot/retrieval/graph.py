"""The packaged model's graph, changed to look up words before it makes floats of their vectors.

As it comes, all of its table of words becomes floats as it is loaded, 47 MB, of which a question
needs a dozen rows. The vectors of a text are the same to the last bit.
"""

from typing import Any

_TABLE = "inner.embeddings.word_embeddings.weight"
# The fields of ONNX's messages that this reads, each with its number and, where it holds messages,
# their name. Protobuf keeps those that it isn't told of as they are.
_MESSAGES = {
    "Model": [("graph", 7, ".onnx.Graph")],
    "Graph": [("node", 1, ".onnx.Node")],
    "Node": [("input", 1, ""), ("output", 2, ""), ("op_type", 4, "")],
}


def with_late_floats(content: bytes) -> bytes:
    """Return the model, given as its file's content, with its rows of words made floats late."""
    model = _model()
    model.ParseFromString(content)
    [graph] = model.graph
    readers = {name: node for node in graph.node for name in node.input}
    to_floats, times, look_up = readers[f"{_TABLE}_q"], readers[f"{_TABLE}_f"], readers[_TABLE]
    table, factors, ids, rows = to_floats.input[0], times.input[1], look_up.input[1], "rows"
    graph.node.add(op_type=look_up.op_type, input=[factors, ids], output=["factors"])
    times.input[1], times.output[0] = "factors", look_up.output[0]
    look_up.input[0], look_up.output[0] = table, rows
    to_floats.input[0] = rows
    return bytes(model.SerializeToString())


def _model() -> Any:
    """Return an empty message that an ONNX file can be read into."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    kind = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="onnx", package="onnx")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, number, of in fields:
            told = (
                {"type": kind.TYPE_MESSAGE, "type_name": of} if of else {"type": kind.TYPE_STRING}
            )
            message.field.add(name=field, number=number, label=kind.LABEL_REPEATED, **told)
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("onnx.Model"))()
