package org.carelog.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.carelog.proof.Hash;

/** The lines of an export, and the hash over those that were read. */
final class Lines implements Closeable {
    private final InputStream export;
    private final MessageDigest digest = Hash.sha256();
    private byte[] buffer = new byte[1 << 16];
    /** Of what the buffer has. */
    private int end;
    /** Of the line that was read last, and where it ends, with its newline. */
    private int line;

    private int next;

    Lines(InputStream export) {
        this.export = export;
    }

    /** null: there is none. */
    String next() throws IOException {
        digest.update(buffer, line, next - line);
        line = next;
        int newline = line;
        while (true) {
            while (newline < end && buffer[newline] != '\n') {
                newline++;
            }
            if (newline < end) {
                next = newline + 1;
                return new String(buffer, line, newline - line, UTF_8);
            }
            newline -= line;
            if (!more()) {
                next = end;
                return line == end ? null : new String(buffer, line, end - line, UTF_8);
            }
        }
    }

    /** Reads on behind the line that has begun, which is at the buffer's beginning then. */
    private boolean more() throws IOException {
        System.arraycopy(buffer, line, buffer, 0, end - line);
        end -= line;
        line = 0;
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        int read = export.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read > 0;
    }

    /** SHA-256 over all before the one that was read last, each with its newline, in hexadecimal digits. Once. */
    String hashBeforeLast() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        export.close();
    }
}
