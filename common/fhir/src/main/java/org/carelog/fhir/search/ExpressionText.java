package org.carelog.fhir.search;

/** The text of an expression, read word by word. Used once. */
final class ExpressionText {
    private final String text;
    private int position;

    ExpressionText(String text) {
        this.text = text;
    }

    /** Goes to what comes after blanks. */
    boolean hasNext() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
        return position < text.length();
    }

    /** Goes over the character, if that is what comes. */
    boolean skip(char expected) {
        boolean is = isNext(expected);
        position += is ? 1 : 0;
        return is;
    }

    boolean isNext(char expected) {
        return hasNext() && text.charAt(position) == expected;
    }

    /** The next word, which stays the next one. */
    String peek() {
        int start = position;
        String word = hasNext() ? word() : "";
        position = start;
        return word;
    }

    /** Up to a blank, a parenthesis or a quotation mark; there may be none. */
    String word() {
        hasNext();
        int start = position;
        while (position < text.length() && " ()\"".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    /** A word, or what stands in quotation marks. */
    String value() {
        String value = skip('"') ? quoted() : word();
        if (value.isEmpty()) {
            throw unexpected("a value");
        }
        return value;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        while (position < text.length() && text.charAt(position) != '"') {
            boolean escapes = text.charAt(position) == '\\' && position + 1 < text.length();
            position += escapes ? 1 : 0;
            char character = text.charAt(position++);
            value.append(escapes ? escaped(character) : character);
        }
        if (!skip('"')) {
            throw unexpected("a closing quotation mark");
        }
        return value.toString();
    }

    /** As in a string of JSON; what has no meaning there is itself. */
    private char escaped(char character) {
        return switch (character) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> character;
        };
    }

    private char codeUnit() {
        int end = position + 4;
        if (end > text.length() || !text.substring(position, end).matches("[0-9A-Fa-f]{4}")) {
            throw unexpected("a character as four hexadecimal digits");
        }
        char unit = (char) Integer.parseInt(text.substring(position, end), 16);
        position = end;
        return unit;
    }

    IllegalArgumentException unexpected(String wanted) {
        hasNext();
        return new IllegalArgumentException("at character %d, %s is expected".formatted(position + 1, wanted));
    }
}
