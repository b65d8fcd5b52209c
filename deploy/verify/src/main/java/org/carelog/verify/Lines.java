package org.carelog.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.carelog.proof.Hash;

/** The lines of an export, and the hash over those that were read. What is no UTF-8 reads as something else. */
final class Lines implements Closeable {
    private final BufferedReader reader;
    private final MessageDigest digest = Hash.sha256();
    private String last;

    Lines(InputStream export) {
        reader = new BufferedReader(new InputStreamReader(export, UTF_8));
    }

    /** null: there is none. */
    String next() throws IOException {
        if (last != null) {
            digest.update(last.getBytes(UTF_8));
            digest.update((byte) '\n');
        }
        last = reader.readLine();
        return last;
    }

    /** SHA-256 over all before the one that was read last, each with its newline, in hexadecimal digits. Once. */
    String hashBeforeLast() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
