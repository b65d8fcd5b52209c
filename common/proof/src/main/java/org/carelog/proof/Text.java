package org.carelog.proof;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** The parts that C2SP's texts are made of, each of which has one form only: what is read is written the same again. */
final class Text {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,17}");

    private Text() {}

    static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedProof("not UTF-8");
        }
    }

    /** The lines of a text in which each ends with a newline. */
    static List<String> lines(String text) {
        if (!text.endsWith("\n")) {
            throw new MalformedProof("a line does not end");
        }
        List<String> lines = Arrays.asList(text.split("\n", -1));
        return lines.subList(0, lines.size() - 1);
    }

    /** A number without a sign or leading zeroes. */
    static long decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new MalformedProof("not a decimal number");
        }
        return Long.parseLong(text);
    }

    /** What follows the prefix. */
    static String after(String prefix, String text) {
        if (!text.startsWith(prefix)) {
            throw new MalformedProof("does not begin with '" + prefix.strip() + "'");
        }
        return text.substring(prefix.length());
    }

    /** RFC 4648, section 4, with its padding. */
    static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (base64(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // the same as what can be decoded and would be written differently
        }
        throw new MalformedProof("not base64");
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
