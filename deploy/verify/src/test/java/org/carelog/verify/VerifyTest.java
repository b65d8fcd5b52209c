package org.carelog.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.Hash;
import org.carelog.proof.SignatureType;
import org.carelog.proof.SignedNote;
import org.carelog.proof.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    private static final SmallLog LOG = SmallLog.ofReads(30);
    private static final List<String> COMPLETE = LOG.export("p0", true, 0);
    private static final List<String> EXCERPT = LOG.export("p0", false, 0);
    private static final int EDITS = Integer.getInteger("carelog.mutations", 100);

    @TempDir
    Path directory;

    private Path keys;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream problems = new ByteArrayOutputStream();

    @BeforeEach
    void keys() throws IOException {
        keys = Files.writeString(directory.resolve("log.vkey"), SmallLog.KEY + "\n");
    }

    @Test
    void whatTheLogSignedIsRight() throws IOException {
        assertThat(verify(COMPLETE)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("33 leaves", "patient p0", "15 accesses", "3 gaps", "nothing that matches was left out");
    }

    @Test
    void soItIsWithAProofInEachLine() throws IOException {
        assertThat(verify(LOG.export("p0", true, 0, true, ""))).isZero();
        assertThat(out.toString(UTF_8)).contains("nothing that matches was left out");
    }

    @Test
    void aPartFromALaterTimeOnIsRight() throws IOException {
        assertThat(verify(partSince(19))).isZero();
    }

    @Test
    void anExportThatBeginsLaterIsOneOfALogThatGaveUpWhatWasBefore() throws IOException {
        // Given
        SmallLog shorter = SmallLog.ofReads(30).givenUp(11);

        // When
        int right = verify(shorter.export("p0", true, 11));
        String told = out.toString(UTF_8);
        int tooShort = verify(shorter.export("p0", true, 12));

        // Then
        assertThat(right).as(problem()).isZero();
        assertThat(told).contains("given up  the 11 leaves before, of before 2016-11-01", "leaf 33 says so", "a1");
        assertThat(tooShort).isEqualTo(1);
        assertThat(problem()).startsWith("WRONG: leaf 0: it is missing, as are those up to 11");
    }

    @Test
    void aLeafThatWasMadeAnewWithAHashThatFitsIsFoundBeforeTheNextProof() throws IOException {
        for (int index = 0; index < LOG.size(); index++) {
            // Given: another time, of a leaf that does not match
            List<String> edited = new ArrayList<>(COMPLETE.subList(0, COMPLETE.size() - 1));
            String line = edited.get(index + 1);
            byte[] leaf = Base64.getDecoder().decode(line.replaceAll(".*\"leaf\":\"([^\"]*)\".*", "$1"));
            byte[] other =
                    new String(leaf, UTF_8).replaceFirst("T1[01]:", "T09:").getBytes(UTF_8);
            edited.set(
                    index + 1,
                    line.replace(
                                    Base64.getEncoder().encodeToString(leaf),
                                    Base64.getEncoder().encodeToString(other))
                            .replace(
                                    Hash.leaf(leaf).toString(), Hash.leaf(other).toString()));

            // When / Then
            assertThat(verify(SmallLog.ended(edited))).isEqualTo(1);
            assertThat(problem())
                    .matches("(?s)WRONG: leaf (%d|%d)[^0-9].*"
                            .formatted(index, index - index % SmallLog.PROVED_TOGETHER));
        }
    }

    @Test
    void anExcerptIsRightAndSaysWhatItDoesNotProve() throws IOException {
        assertThat(verify(EXCERPT)).isZero();
        assertThat(out.toString(UTF_8)).contains("NOT that nothing was left out");
    }

    @Test
    void aByteThatWasEditedIsFoundInItsLeaf() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < EDITS; i++) {
            // Given
            int number = 1 + random.nextInt(COMPLETE.size() - 2);
            byte[] line = COMPLETE.get(number).getBytes(UTF_8);
            int at = random.nextInt(line.length);
            line[at] ^= (byte) (1 << random.nextInt(8));
            List<String> edited = new ArrayList<>(COMPLETE);
            edited.set(number, new String(line, UTF_8));

            // When / Then
            assertThat(verify(edited)).as("byte %d of line %d", at, number).isEqualTo(1);
            assertThat(problem()).as("byte %d of line %d", at, number).startsWith("WRONG: leaf " + (number - 1) + ": ");
        }
    }

    @Test
    void anEditOfTheFirstOrLastLineIsFound() throws IOException {
        for (int number : new int[] {0, COMPLETE.size() - 1}) {
            for (int at = 0; at < COMPLETE.get(number).length(); at++) {
                // Given
                StringBuilder line = new StringBuilder(COMPLETE.get(number));
                line.setCharAt(at, line.charAt(at) == 'x' ? 'y' : 'x');
                List<String> edited = new ArrayList<>(COMPLETE);
                edited.set(number, line.toString());

                // When / Then
                assertThat(verify(edited))
                        .as("character %d of line %d", at, number)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void aRowThatWasRemovedIsFoundEvenIfTheLastLineWasMadeToFit() throws IOException {
        for (int number = 1; number < COMPLETE.size() - 1; number++) {
            // Given
            List<String> without = new ArrayList<>(COMPLETE.subList(0, COMPLETE.size() - 1));
            without.remove(number);

            // When / Then
            assertThat(verify(SmallLog.ended(without))).isEqualTo(1);
            assertThat(problem()).startsWith("WRONG: leaf " + (number - 1) + ": ");
        }
    }

    @Test
    void aRowThatWasRemovedFromAnExcerptIsFound() throws IOException {
        for (int number = 1; number < EXCERPT.size() - 1; number++) {
            // Given
            List<String> without = new ArrayList<>(EXCERPT);
            without.remove(number);

            // When / Then
            assertThat(verify(without)).isEqualTo(1);
            assertThat(problem()).startsWith("WRONG: leaf ");
        }
    }

    @Test
    void rowsThatWereSwappedAreFound() throws IOException {
        for (int number = 1; number < COMPLETE.size() - 2; number++) {
            // Given
            List<String> swapped = new ArrayList<>(COMPLETE.subList(0, COMPLETE.size() - 1));
            Collections.swap(swapped, number, number + 1);

            // When / Then
            assertThat(verify(SmallLog.ended(swapped))).isEqualTo(1);
            assertThat(problem()).startsWith("WRONG: leaf " + (number - 1) + ": ");
        }
    }

    @Test
    void theEndThatWasCutOffIsFound() throws IOException {
        // When: with and without a last line that fits
        int withLast = verify(SmallLog.ended(COMPLETE.subList(0, 20)));
        String first = problem();
        int without = verify(COMPLETE.subList(0, 20));

        // Then
        assertThat(withLast).isEqualTo(1);
        assertThat(first).startsWith("WRONG: leaf 19: it is missing");
        assertThat(without).isEqualTo(1);
        assertThat(problem()).startsWith("WRONG: leaf 19: the export ends");
    }

    @Test
    void whatMatchesAndIsNotShownIsFound() throws IOException {
        // Given: the opening is taken away, and all is made to fit
        List<String> hidden = new ArrayList<>(COMPLETE.subList(0, COMPLETE.size() - 1));
        hidden.set(5, hidden.get(5).replaceFirst(",\"salt\".*", "}"));

        // When / Then
        assertThat(verify(SmallLog.ended(hidden))).isEqualTo(1);
        assertThat(problem()).startsWith("WRONG: leaf 4: it matches, and is not shown");
    }

    @Test
    void anotherKeysCheckpointIsFound() throws IOException {
        // Given
        SigningKey other = SigningKey.of(
                "carelog/audit", SignatureType.ED25519, Hash.leaf(new byte[0]).bytes());
        Files.writeString(keys, other + "\n");

        // When / Then
        assertThat(verify(COMPLETE)).isEqualTo(1);
        assertThat(problem()).contains("not signed by " + other);
    }

    @Test
    void aWitnessWhoseKeyIsGivenMustHaveSigned() throws IOException {
        // Given
        SigningKey witness = SigningKey.of("witness.example/w", SignatureType.COSIGNATURE, new byte[32]);
        Files.writeString(keys, SmallLog.KEY + "\n" + witness + "\n");
        SignedNote note = LOG.checkpoint(LOG.size());
        SignedNote cosigned = note.with(witness.cosign(note.text(), Instant.parse("2026-11-29T12:00:00Z")));
        List<String> witnessed = new ArrayList<>(COMPLETE.subList(0, COMPLETE.size() - 1));
        witnessed.set(0, witnessed.getFirst().replace(escaped(note), escaped(cosigned)));

        // When
        int without = verify(COMPLETE);
        int with = verify(SmallLog.ended(witnessed));

        // Then
        assertThat(without).isEqualTo(1);
        assertThat(with).isZero();
        assertThat(out.toString(UTF_8)).contains("until 2026-11-29T12:00:00Z");
    }

    @Test
    void theLogMustContinueACheckpointThatWasKept() throws IOException {
        for (long size = 1; size <= LOG.size(); size++) {
            // Given
            Path kept = directory.resolve("kept");
            Files.write(kept, LOG.checkpoint(size).bytes());
            Path forked = directory.resolve("forked");
            Files.write(
                    forked,
                    new Checkpoint("carelog/audit", size, Hash.leaf(new byte[1]))
                            .signed(SmallLog.KEY)
                            .bytes());

            // When / Then
            assertThat(verify(COMPLETE, "--checkpoint", kept.toString())).isZero();
            assertThat(verify(COMPLETE, "--checkpoint", forked.toString())).isEqualTo(1);
            assertThat(problem()).contains("the log's first " + size + " leaves are not those");
        }
    }

    @Test
    void anExportThatDoesNotReachOverTheKeptCheckpointTellsNothingOfIt() throws IOException {
        // Given
        Path kept = directory.resolve("kept");
        Files.write(kept, LOG.checkpoint(10).bytes());

        // When
        int excerpt = verify(EXCERPT, "--checkpoint", kept.toString());
        int later = verify(partSince(19), "--checkpoint", kept.toString());

        // Then
        assertThat(excerpt).isEqualTo(2);
        assertThat(later).isEqualTo(2);
    }

    @Test
    void whatIsNoCommandIsToldHowToBeOne() {
        assertThat(new Verify(stream(out), stream(problems)).run(List.of("--what")))
                .isEqualTo(2);
        assertThat(problem()).startsWith("usage: verify EXPORT --keys FILE");
    }

    /** What was before is not asked for. */
    private static List<String> partSince(long first) {
        return LOG.export("p1", true, first, false, ",\"since\":\"2026-11-29T10:00:00Z\"");
    }

    private static String escaped(SignedNote note) {
        return note.toString().replace("\n", "\\n");
    }

    private int verify(List<String> lines, String... more) throws IOException {
        Path export = directory.resolve("export");
        Files.write(export, (String.join("\n", lines) + "\n").getBytes(UTF_8));
        out.reset();
        problems.reset();
        List<String> arguments = new ArrayList<>(List.of(export.toString(), "--keys", keys.toString()));
        arguments.addAll(List.of(more));
        return new Verify(stream(out), stream(problems)).run(arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }

    private String problem() {
        return problems.toString(UTF_8);
    }
}
