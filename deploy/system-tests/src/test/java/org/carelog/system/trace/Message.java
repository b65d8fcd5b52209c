package org.carelog.system.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A message of Protocol Buffers, by the numbers of its fields. */
final class Message {
    private record Field(int number, byte[] bytes, long value) {}

    private final List<Field> fields;

    /** @throws java.nio.BufferUnderflowException when it is none */
    Message(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Stream.Builder<Field> found = Stream.builder();
        while (buffer.hasRemaining()) {
            long tag = varint(buffer);
            int number = (int) (tag >>> 3);
            found.add(
                    switch ((int) tag & 7) {
                        case 0 -> new Field(number, new byte[0], varint(buffer));
                        case 1 -> new Field(number, new byte[0], buffer.getLong());
                        case 2 -> new Field(number, bytes(buffer), 0);
                        case 5 -> new Field(number, new byte[0], buffer.getInt());
                        default -> throw new IllegalArgumentException("wire type of field " + number);
                    });
        }
        fields = found.build().toList();
    }

    private static long varint(ByteBuffer buffer) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = buffer.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[(int) varint(buffer)];
        buffer.get(bytes);
        return bytes;
    }

    private Stream<Field> all(int number) {
        return fields.stream().filter(field -> field.number() == number);
    }

    Stream<Message> messages(int number) {
        return all(number).map(field -> new Message(field.bytes()));
    }

    String text(int number) {
        return all(number)
                .map(field -> new String(field.bytes(), UTF_8))
                .findFirst()
                .orElse("");
    }

    String hex(int number) {
        return all(number)
                .map(field -> HexFormat.of().formatHex(field.bytes()))
                .findFirst()
                .orElse("");
    }

    /** Zero: it is not there. */
    long number(int number) {
        return all(number).mapToLong(Field::value).findFirst().orElse(0);
    }
}
