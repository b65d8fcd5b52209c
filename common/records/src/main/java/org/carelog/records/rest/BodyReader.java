package org.carelog.records.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;

/**
 * Reads a body as it comes, in the time that it may take. A body takes its place in memory when it turns out to need
 * one: who sends a byte a second holds no place that others wait for.
 *
 * @param time for all of it; the wait for a place does not count
 * @param beforeMore is told how many bytes may come, before more than {@link BodyMemory#SMALL} are read
 */
record BodyReader(Duration time, LongConsumer beforeMore) {
    private static final int CHUNK = 16 * 1024;

    /**
     * @param told how long the client says it is
     * @param limit it may not have more bytes
     * @throws FhirProblemException {@link FhirProblem.TooLarge}, or {@link FhirProblem.SlowBody}
     */
    byte[] read(InputStream body, OptionalLong told, long limit) {
        long expected = told.orElse(limit);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(Math.min(expected, CHUNK)));
        byte[] chunk = new byte[Math.toIntExact(Math.clamp(expected, 1, CHUNK))];
        long end = System.nanoTime() + time.toNanos();
        try {
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                int before = bytes.size();
                bytes.write(chunk, 0, read);
                if (bytes.size() > limit) {
                    throw new FhirProblemException(new FhirProblem.TooLarge(limit));
                }
                if (System.nanoTime() - end > 0) {
                    throw slow();
                }
                if (before + CHUNK <= BodyMemory.SMALL && bytes.size() + CHUNK > BodyMemory.SMALL) {
                    long asked = System.nanoTime();
                    beforeMore.accept(expected);
                    end += System.nanoTime() - asked;
                }
            }
        } catch (IOException e) {
            // nothing came for too long, or the client is gone
            throw slow();
        }
        return bytes.toByteArray();
    }

    private FhirProblemException slow() {
        return new FhirProblemException(new FhirProblem.SlowBody(time));
    }
}
