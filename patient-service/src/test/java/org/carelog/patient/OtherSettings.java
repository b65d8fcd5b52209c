package org.carelog.patient;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** What operators may set and a test's service does not have: all of it at once, for a start takes its time. */
public final class OtherSettings implements QuarkusTestProfile {

    /** Few are counted. Long for a search, and for a body that comes, on a busy machine too; short for whoever waits for the end of one
     * that does not. */
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "carelog.fhir.body-timeout",
                "5s",
                "carelog.search.time-budget",
                "2s",
                "carelog.search.most-counted",
                "30",
                "carelog.chaos.unrecorded",
                UnrecordedTest.DIRECTORY);
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(SpanCollector.class), new TestResourceEntry(OwnPackage.class));
    }
}
