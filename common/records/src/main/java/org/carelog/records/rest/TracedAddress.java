package org.carelog.records.rest;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carelog.fhir.definition.TypeDefinition;

/**
 * Leaves of a request's address in its span what says nothing about anybody: the resource type. Ids may be somebody's
 * numbers, and a search names whom it looks for. Who asked, and from where, is in the audit log. Thread-safe.
 */
@Singleton
final class TracedAddress implements SpanProcessor {
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final List<AttributeKey<String>> NOT_TOLD = List.of(
            AttributeKey.stringKey("url.query"),
            AttributeKey.stringKey("client.address"),
            AttributeKey.stringKey("user_agent.original"));
    private static final Pattern TYPE = Pattern.compile("/fhir/([A-Za-z]+)(/.*)?");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        String path = span.getAttribute(PATH);
        if (path != null) {
            span.setAttribute(PATH, withoutIds(path));
        }
        NOT_TOLD.stream().filter(key -> span.getAttribute(key) != null).forEach(key -> span.setAttribute(key, ""));
    }

    private static String withoutIds(String path) {
        Matcher matcher = TYPE.matcher(path);
        return matcher.matches() && TypeDefinition.isResourceType(matcher.group(1)) ? "/fhir/" + matcher.group(1) : "";
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
