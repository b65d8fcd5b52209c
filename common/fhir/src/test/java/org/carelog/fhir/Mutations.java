package org.carelog.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Texts that are nearly well-formed, made of one that is: the same for the same seed. For one thread. */
final class Mutations {
    private static final Pattern JSON_TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[-+.\\w]+|[{}\\[\\],:]", Pattern.DOTALL);
    private static final Pattern XML_TOKEN = Pattern.compile("<[^>]*>|[^<]+");

    private static final List<String> JSON_PIECES = List.of(
            "null",
            "true",
            "0",
            "-0",
            "1e400",
            "1E-999999",
            "1.50",
            "99999999999999999999",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\ud83d\\ude00\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[{}]",
            "{\"a\":1}",
            "\"resourceType\"",
            "\"Patient\"",
            "\"_birthDate\"",
            "\"extension\"",
            "\"id\"",
            "\"valueString\"",
            "\"fhir_comments\"",
            "\"urn:uuid:0\"",
            "\"#\"",
            "\"2020-02-30\"",
            "\"0000\"",
            "\"<div>\"",
            "\"&nbsp;\"",
            "\"" + "x".repeat(70_000) + "\"",
            "[".repeat(120),
            "{\"extension\":[".repeat(60),
            "\u0000",
            "\uFEFF",
            "/**/",
            "'",
            "NaN",
            ",",
            ":");
    private static final List<String> XML_PIECES = List.of(
            "<!DOCTYPE a [<!ENTITY b \"c\">]>",
            "&b;",
            "&#0;",
            "&#x110000;",
            "&amp;",
            "<![CDATA[x]]>",
            "<!-- x -->",
            "<?x y?>",
            "<a/>",
            "<a xmlns=\"\"/>",
            "<extension url=\"x\"><valueString value=\"y\"/></extension>",
            "<id value=\"\"/>",
            "<id/>",
            "<contained><Patient/></contained>",
            "<contained/>",
            "<name value=\"x\"/>",
            "<birthDate value=\"2020-02-30\"/>",
            "<birthDate/>",
            "<multipleBirthInteger value=\"1e400\"/>",
            "<text><status value=\"x\"/><div>y</div></text>",
            "<extension>".repeat(120),
            "text",
            "\u0000",
            "\uFEFF",
            "<",
            ">",
            "&",
            "\"");

    private static final Pattern FHIRPATH_TOKEN = Pattern.compile("[A-Za-z]+|\\d+|'[^']*'|\\S");
    private static final List<String> FHIRPATH_PIECES = List.of(
            "first()",
            "last()",
            "tail()",
            "skip(1)",
            "take(99999999999)",
            "single()",
            "where(",
            "where(true)",
            "where(use = 'official')",
            "ofType(Patient)",
            "as(string)",
            "extension('http://example.org/e')",
            "children()",
            "repeat($this)",
            "matches('(a+)+$')",
            "resolve()",
            "%resource",
            "$this",
            "`name`",
            "{}",
            "|",
            "and",
            "-1",
            "[99999999999]",
            "1.5",
            "@2020-02-30",
            "'",
            "\\u0000",
            "(".repeat(200),
            "name.".repeat(200));

    private final List<String> whole;
    private final List<String> pieces;
    private final Random random;

    private Mutations(String text, Pattern token, List<String> pieces, long seed) {
        this.whole = token.matcher(text).results().map(MatchResult::group).toList();
        this.pieces = pieces;
        this.random = new Random(seed);
    }

    static Mutations ofJson(String json, long seed) {
        return new Mutations(json, JSON_TOKEN, JSON_PIECES, seed);
    }

    static Mutations ofXml(String xml, long seed) {
        return new Mutations(xml, XML_TOKEN, XML_PIECES, seed);
    }

    static Mutations ofFhirPath(String path, long seed) {
        return new Mutations(path, FHIRPATH_TOKEN, FHIRPATH_PIECES, seed);
    }

    String next() {
        List<String> tokens = new ArrayList<>(whole);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int place = random.nextInt(tokens.size());
            switch (random.nextInt(6)) {
                case 0 -> tokens.set(place, "");
                case 1 -> tokens.add(place, tokens.get(random.nextInt(tokens.size())));
                case 2 -> tokens.set(place, tokens.get(random.nextInt(tokens.size())));
                case 3 -> tokens.set(place, withOneCharacterChanged(tokens.get(place)));
                default -> tokens.set(place, pieces.get(random.nextInt(pieces.size())));
            }
        }
        String changed = String.join("", tokens);
        return random.nextInt(20) == 0 ? changed.substring(0, random.nextInt(changed.length() + 1)) : changed;
    }

    private String withOneCharacterChanged(String text) {
        if (text.isEmpty()) {
            return text;
        }
        StringBuilder changed = new StringBuilder(text);
        changed.setCharAt(random.nextInt(text.length()), (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
        return changed.toString();
    }
}
