package org.carelog.verify;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.proof.Hash;

/** The fields of a JSON object, each of the type that it has to have. What is wrong is an {@link IllegalArgumentException}. */
record Fields(Map<?, ?> object) {
    static Fields of(String json) {
        return new Fields(Json.object(json));
    }

    boolean has(String name) {
        return object.get(name) != null;
    }

    Optional<String> text(String name) {
        return find(name, String.class);
    }

    String requireText(String name) {
        return text(name).orElseThrow(() -> wrong(name));
    }

    Optional<Long> number(String name) {
        return find(name, Long.class);
    }

    long requireNumber(String name) {
        return number(name).filter(number -> number >= 0).orElseThrow(() -> wrong(name));
    }

    boolean isTrue(String name) {
        return find(name, Boolean.class).orElse(false);
    }

    byte[] bytes(String name) {
        return base64(requireText(name));
    }

    List<Hash> hashes(String name) {
        return values(name).stream()
                .map(text -> Hash.of(base64(text.toString())))
                .toList();
    }

    /** In its one form: RFC 4648, section 4, with its padding, and no bit that is not told by the bytes. */
    private static byte[] base64(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        int rest = bytes.length % 3;
        byte[] tail = Arrays.copyOfRange(bytes, bytes.length - rest, bytes.length);
        if (text.length() == (bytes.length + 2) / 3 * 4
                && text.endsWith(Base64.getEncoder().encodeToString(tail))) {
            return bytes;
        }
        throw new IllegalArgumentException("not base64");
    }

    Fields fields(String name) {
        return new Fields(find(name, Map.class).map(Map.class::cast).orElse(Map.of()));
    }

    /** Empty: there is none. */
    List<Fields> list(String name) {
        return values(name).stream()
                .map(value -> {
                    if (value instanceof Map<?, ?> fields) {
                        return new Fields(fields);
                    }
                    throw wrong(name);
                })
                .toList();
    }

    private List<?> values(String name) {
        return find(name, List.class).map(list -> (List<?>) list).orElse(List.of());
    }

    private <T> Optional<T> find(String name, Class<T> type) {
        Object value = object.get(name);
        if (value != null && !type.isInstance(value)) {
            throw wrong(name);
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    private static IllegalArgumentException wrong(String name) {
        return new IllegalArgumentException("no such '" + name + "'");
    }
}
