package org.carelog.gateway;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.tracing.TracingOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where a gateway's spans go, if an operator wants them: by the variables that the services read, too. */
final class Traces {
    private static final String DISABLED = "OTEL_SDK_DISABLED";
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String USUAL_ENDPOINT = "http://localhost:4318";

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");

    private Traces() {}

    /** A Vert.x whose HTTP servers tell the collector of their requests; without one, the usual Vert.x. */
    static Vertx vertx(VertxOptions options, Routes routes, Map<String, String> environment) {
        Optional<SdkTracerProvider> provider = provider(environment);
        provider.ifPresent(spans ->
                options.setTracingOptions(new TracingOptions().setFactory(_ -> new RequestSpans(spans, routes))));
        return Vertx.vertx(options);
    }

    private static Optional<SdkTracerProvider> provider(Map<String, String> environment) {
        if (!"false".equals(environment.get(DISABLED))) {
            return Optional.empty();
        }
        String endpoint = environment.getOrDefault(ENDPOINT, USUAL_ENDPOINT).replaceFirst("/$", "");
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint + "/v1/traces")
                .build();
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().toBuilder()
                        .put(SERVICE, "gateway")
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(provider::close));
        return Optional.of(provider);
    }
}
