package org.carelog.local.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carelog.local.file.Sha256;

/** Writes an export of the ledger part by part, as it comes, into a file that its owner alone reads: {@code docs/audit-export.md}. */
final class LedgerExport {
    private final ComplianceCalls calls;
    private final Map<String, String> parameters;

    /** @param excerpt whether without the leaves of what does not match */
    LedgerExport(ComplianceCalls calls, AuditQuestion question, boolean excerpt) {
        this.calls = calls;
        this.parameters = new LinkedHashMap<>(question.export());
        if (excerpt) {
            parameters.put("excerpt", "true");
        }
    }

    /** @return how many leaves are in it; it is written whole or not at all */
    long write(Path file) throws IOException, InterruptedException {
        Path unfinished = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            long rows;
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                rows = write(out);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return rows;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private long write(OutputStream out) throws IOException, InterruptedException {
        MessageDigest digest = Sha256.digest();
        DigestOutputStream lines = new DigestOutputStream(out, digest);
        long rows = 0;
        String next = "";
        while (next != null) {
            next = null;
            for (JsonNode told : calls.get("/$ledger-export", parameters).path("parameter")) {
                switch (told.path("name").asText()) {
                    case "manifest", "line" ->
                        lines.write((told.path("valueString").asText() + "\n").getBytes(UTF_8));
                    case "rows" -> rows = told.path("valueDecimal").asLong();
                    case "next" -> next = told.path("valueString").asText();
                    default -> {}
                }
            }
            parameters.put("next", next);
        }
        String last = "{\"rows\":%d,\"sha256\":\"%s\"}\n"
                .formatted(rows, HexFormat.of().formatHex(digest.digest()));
        out.write(last.getBytes(UTF_8));
        return rows;
    }
}
