package org.carelog.bench.record;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * JSON of which any number of copies can be made, each about other people: certain UUIDs are others in each, wherever
 * they occur, and marks are numbers. A copy is as long as the original and costs little more than its bytes.
 */
public final class Template {

    /** Becomes digits, the same ones in all of a person's copies. */
    public static final String PERSON = "#########";
    /** Becomes digits, others in each revision. */
    public static final String REVISION = "~~~~~~~~~";

    private static final Pattern SLOT =
            Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|" + PERSON + "|" + REVISION);

    private record Slot(int start, int end) {}

    private final byte[] json;
    private final Slot[] slots;

    /** @param uuids those that are others in each copy; all others stay */
    public Template(byte[] json, Set<String> uuids) {
        this.json = json;
        // byte for character, so that a place in the text is one in the bytes
        String text = new String(json, StandardCharsets.ISO_8859_1);
        Stream<Slot> found = SLOT.matcher(text)
                .results()
                .filter(slot ->
                        slot.group().equals(PERSON) || slot.group().equals(REVISION) || uuids.contains(slot.group()))
                .map(slot -> new Slot(slot.start(), slot.end()));
        this.slots = found.toArray(Slot[]::new);
    }

    public byte[] copy(long person, long revision) {
        byte[] copy = json.clone();
        long high = mixed(person);
        long low = mixed(high);
        for (Slot slot : slots) {
            switch (json[slot.start()]) {
                case '#' -> digits(copy, slot, person);
                case '~' -> digits(copy, slot, revision);
                default -> uuid(copy, slot, high, low);
            }
        }
        return copy;
    }

    private static void digits(byte[] copy, Slot slot, long number) {
        long left = number;
        for (int i = slot.end() - 1; i >= slot.start(); i--) {
            copy[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    private static void uuid(byte[] copy, Slot slot, long high, long low) {
        int digit = 0;
        for (int i = slot.start(); i < slot.end(); i++) {
            if (copy[i] != '-') {
                long key = digit < 16 ? high : low;
                int other = Character.digit(copy[i], 16) ^ (int) (key >>> (digit % 16 * 4)) & 0xf;
                copy[i] = (byte) Character.forDigit(other, 16);
                digit++;
            }
        }
    }

    /** Neighbours become strangers: SplitMix64. */
    private static long mixed(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
