package org.carelog.verify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON as Java's own values: {@code Map} in the order of its fields, {@code List}, {@code String}, {@code Long} or
 * {@code BigDecimal}, {@code Boolean}, null. For one text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259.html">RFC 8259</a>
 */
final class Json {
    private static final int DEEPEST = 64;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int LONGEST_NUMBER = 40;

    private final String text;
    private int at;
    /** Where the next backslash is; negative: there is none any more. */
    private int escape;

    private Json(String text) {
        this.text = text;
        this.escape = text.indexOf('\\');
    }

    /** @throws IllegalArgumentException when it is none */
    static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value(0);
        json.blanks();
        if (json.at < text.length()) {
            throw notJson();
        }
        return value;
    }

    /**
     * An object of it.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Map<?, ?> object(String text) {
        if (parse(text) instanceof Map<?, ?> object) {
            return object;
        }
        throw notJson();
    }

    private static IllegalArgumentException notJson() {
        return new IllegalArgumentException("not JSON");
    }

    private Object value(int depth) {
        blanks();
        if (depth > DEEPEST) {
            throw notJson();
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        blanks();
        if (peek() == '}') {
            at++;
            return object;
        }
        do {
            blanks();
            String name = string();
            blanks();
            take(':');
            object.put(name, value(depth + 1));
        } while (hasMore('}'));
        return object;
    }

    private List<Object> array(int depth) {
        List<Object> array = new ArrayList<>();
        at++;
        blanks();
        if (peek() == ']') {
            at++;
            return array;
        }
        do {
            array.add(value(depth + 1));
        } while (hasMore(']'));
        return array;
    }

    private boolean hasMore(char end) {
        blanks();
        char next = peek();
        at++;
        if (next != ',' && next != end) {
            throw notJson();
        }
        return next == ',';
    }

    private String string() {
        take('"');
        int begin = at;
        at = text.indexOf('"', begin);
        if (at < 0) {
            throw notJson();
        }
        if (begin > escape && escape >= 0) {
            escape = text.indexOf('\\', begin);
        }
        if (escape < 0 || escape > at) {
            return text.substring(begin, at++);
        }
        StringBuilder string = new StringBuilder(text.substring(begin, escape));
        at = escape;
        while (peek() != '"') {
            char next = text.charAt(at++);
            string.append(next == '\\' ? escaped() : next);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char next = peek();
        at++;
        return switch (next) {
            case '"', '\\', '/' -> next;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw notJson();
                }
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            default -> throw notJson();
        };
    }

    private Object number() {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        boolean isPlain = end > at && end - at < 19 && (text.charAt(at) != '0' || end == at + 1);
        if (isPlain && (end == text.length() || ".eE".indexOf(text.charAt(end)) < 0)) {
            long value = Long.parseLong(text, at, end, 10);
            at = end;
            return value;
        }
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt() || number.end() - at > LONGEST_NUMBER) {
            throw notJson();
        }
        at = number.end();
        String digits = number.group();
        return number.group(2) == null && number.group(3) == null && digits.length() < 19
                ? (Object) Long.valueOf(digits)
                : new BigDecimal(digits);
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw notJson();
        }
        at += word.length();
        return value;
    }

    private void take(char expected) {
        if (peek() != expected) {
            throw notJson();
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw notJson();
        }
        return text.charAt(at);
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) <= ' ' && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
