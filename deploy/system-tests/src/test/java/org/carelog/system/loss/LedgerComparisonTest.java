package org.carelog.system.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.carelog.system.history.Content;
import org.junit.jupiter.api.Test;

class LedgerComparisonTest {
    private static final Answer READ = answer("r1", 200, """
            {"resourceType":"Patient","id":"p","meta":{"versionId":"2"}}""");
    private static final Answer BATCH = answer("r1", 200, """
            {"resourceType":"Bundle","type":"batch-response","entry":[{"response":{"status":"404 Not Found"}}]}""");
    private static final JsonNode ITS_ENTRY = entry(200, "{\"type\":\"Patient\",\"id\":\"p\",\"version\":2}");

    @Test
    void whatIsAsItWasIsNoDifference() {
        assertThat(differences(READ, ITS_ENTRY)).isEmpty();
        assertThat(differences(BATCH, entry(404, ""), entry(200, ""))).isEmpty();
        assertThat(differences(answer("r1", 503, """
                {"issue":[{"diagnostics":"The audit journal is not available"}]}"""))).isEmpty();
    }

    @Test
    void allElseIsOne() {
        assertThat(differences(READ)).hasSize(1);
        assertThat(differences(READ, ITS_ENTRY, ITS_ENTRY)).hasSize(1);
        assertThat(differences(READ, entry(200, "{\"type\":\"Patient\",\"id\":\"p\",\"version\":1}")))
                .hasSize(1);
        assertThat(differences(READ, entry(500, "{\"type\":\"Patient\",\"id\":\"p\",\"version\":2}")))
                .hasSize(1);
        assertThat(differences(BATCH, entry(200, ""))).hasSize(1);
        assertThat(differences(answer("r1", 503, "{}"))).hasSize(1);
    }

    private static List<String> differences(Answer answer, JsonNode... ledger) {
        return new LedgerComparison(List.of(answer), List.of(ledger)).differences();
    }

    private static Answer answer(String requestId, int status, String body) {
        return new Answer(requestId, "GET", status, Content.parsed(Content.utf8(body)));
    }

    private static JsonNode entry(int status, String entity) {
        return Content.parsed(
                Content.utf8("{\"requestId\":\"r1\",\"status\":%d,\"entities\":[%s]}".formatted(status, entity)));
    }
}
