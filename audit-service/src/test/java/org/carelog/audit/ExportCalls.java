package org.carelog.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.carelog.testing.ServiceUnderTest.as;

import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.carelog.proof.Hash;

/** Exports as {@code ./carelog audit --export} does it. */
public final class ExportCalls {
    static final String EXPORT = "/AuditEvent/$ledger-export";

    private ExportCalls() {}

    /** The lines of the file. */
    public static List<String> export(Map<String, String> parameters) {
        Map<String, String> asked = new HashMap<>(parameters);
        List<String> lines = new ArrayList<>();
        do {
            JsonPath part = as("compliance").queryParams(asked).get(EXPORT).jsonPath();
            lines.addAll(part.getList("parameter.findAll { it.name in ['manifest', 'line'] }.valueString"));
            asked.put("next", part.getString("parameter.find { it.name == 'next' }?.valueString"));
        } while (asked.get("next") != null);
        var digest = Hash.sha256();
        lines.forEach(line -> digest.update((line + "\n").getBytes(UTF_8)));
        lines.add("{\"rows\":%d,\"sha256\":\"%s\"}"
                .formatted(lines.size() - 1, HexFormat.of().formatHex(digest.digest())));
        return lines;
    }
}
