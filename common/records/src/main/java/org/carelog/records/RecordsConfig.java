package org.carelog.records;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How records are served. */
@ConfigMapping(prefix = "carelog.fhir")
public interface RecordsConfig {
    /** The FHIR base as clients know it, without a slash at its end: what {@code fullUrl} and {@code Location} begin with. */
    @WithDefault("http://localhost:8080/fhir")
    String baseUrl();

    /** The largest request body; a larger one answers 413. */
    @WithDefault("5M")
    MemorySize maxBodySize();

    /**
     * The largest batch or transaction; a larger one answers 413. All of it is in memory, parsed, at up to twelve times its
     * size: whoever wants larger ones gives the service a larger heap.
     */
    @WithDefault("12M")
    MemorySize maxBundleSize();

    /** How long a request body may take to come; a slower one answers 408. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /**
     * The FHIR bases of the other services, by their names; of several replicas with commas between. They are asked for what
     * is referred to and not here, and who refers to what is to be deleted.
     */
    Map<String, String> owners();

    /** How long another service may take to answer. On a busy machine a late answer is better than a refusal. */
    @WithDefault("10s")
    Duration ownerTimeout();

    /** Whether a resource that others refer to stays, and its deletion answers 409. */
    @WithDefault("true")
    boolean referentialIntegrityOnDelete();
}
