package org.carelog.records.index;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carelog.fhir.search.PagePosition;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.fhir.search.SearchScope;
import org.carelog.fhir.search.SearchableTypes;

/** What a page token holds: the search as it was sent, when, and a match that was given. */
record PageState(List<Map.Entry<String, String>> parameters, Instant now, PagePosition beside) {
    static PageState of(SearchQuery query, PagePosition beside) {
        return new PageState(query.understood(), query.now(), beside);
    }

    SearchQuery query(SearchableTypes types, SearchScope scope) {
        return SearchQuery.parse(types, scope, parameters, now, false).from(beside);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(now.toEpochMilli());
            out.writeLong(beside.resourceKey());
            out.writeBoolean(beside.backwards());
            out.writeInt(beside.values().size());
            for (String value : beside.values()) {
                write(out, value);
            }
            out.writeInt(parameters.size());
            for (Map.Entry<String, String> parameter : parameters) {
                write(out, parameter.getKey());
                write(out, parameter.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @param bytes what {@link #bytes} gave: a token that was opened is one that was sealed here */
    static PageState read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Instant now = Instant.ofEpochMilli(in.readLong());
            long resourceKey = in.readLong();
            boolean backwards = in.readBoolean();
            int values = in.readInt();
            List<String> match = new ArrayList<>();
            for (int i = 0; i < values; i++) {
                match.add(read(in));
            }
            int count = in.readInt();
            List<Map.Entry<String, String>> parameters = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = read(in);
                parameters.add(Map.entry(name, read(in)));
            }
            return new PageState(parameters, now, new PagePosition(match, resourceKey, backwards));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
