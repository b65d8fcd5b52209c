package org.carelog.records.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
    private static final int MEGABYTE = 1024 * 1024;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5_000, 65_535, 65_536, 65_537, MEGABYTE})
    void aBodyIsReadToItsEndWhetherItsLengthIsToldOrNot(int length) {
        // Given
        byte[] sent = new byte[length];
        new Random(length).nextBytes(sent);

        // When
        byte[] told = reader(new ArrayList<>()).read(new ByteArrayInputStream(sent), OptionalLong.of(length), MEGABYTE);
        byte[] untold = reader(new ArrayList<>()).read(new ByteArrayInputStream(sent), OptionalLong.empty(), MEGABYTE);

        // Then
        assertThat(told).isEqualTo(sent);
        assertThat(untold).isEqualTo(sent);
    }

    @Test
    void aBodyThatHasMoreThanTheLimitIsRefused() {
        assertThatThrownBy(() -> reader(new ArrayList<>())
                        .read(new ByteArrayInputStream(new byte[1_001]), OptionalLong.empty(), 1_000))
                .isInstanceOfSatisfying(
                        FhirProblemException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(new FhirProblem.TooLarge(1_000)));
    }

    @Test
    void aLargeBodyAsksForMemoryOnceAndASmallOneNever() {
        // Given
        List<Long> asked = new ArrayList<>();

        // When
        reader(asked).read(new ByteArrayInputStream(new byte[10_000]), OptionalLong.empty(), MEGABYTE);
        reader(asked).read(new ByteArrayInputStream(new byte[300_000]), OptionalLong.of(300_000), MEGABYTE);
        reader(asked).read(new ByteArrayInputStream(new byte[300_000]), OptionalLong.empty(), MEGABYTE);

        // Then
        assertThat(asked).containsExactly(300_000L, (long) MEGABYTE);
    }

    @Test
    void aBodyThatNeverEndsIsCutWhenItsTimeIsOver() {
        // Given
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                bytes[offset] = ' ';
                return 1;
            }
        };

        // When, Then
        assertSlow(() -> new BodyReader(Duration.ofMillis(1), _ -> {})
                .read(endless, OptionalLong.empty(), Integer.MAX_VALUE - 16));
    }

    @Test
    void aBodyThatBreaksOffIsNoFaultOfTheServers() {
        // Given
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };

        // When, Then
        assertSlow(() -> reader(new ArrayList<>()).read(broken, OptionalLong.empty(), MEGABYTE));
    }

    private static void assertSlow(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        FhirProblemException.class,
                        refused -> assertThat(refused.problem()).isInstanceOf(FhirProblem.SlowBody.class));
    }

    private static BodyReader reader(List<Long> asked) {
        return new BodyReader(Duration.ofMinutes(1), asked::add);
    }
}
