package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.carelog.fhir.Bundles;
import org.carelog.fhir.Bundles.Answered;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.IncomingBundle;
import org.carelog.fhir.IncomingBundle.Entry;
import org.carelog.fhir.IncomingProvenance;
import org.carelog.records.interaction.Attachment;
import org.carelog.records.interaction.Exchange;
import org.carelog.records.interaction.Transaction;
import org.carelog.records.interaction.Written;

/**
 * Answers a batch or transaction entry by entry. What only reads, and every entry of a batch, goes the way of a request
 * of its own; what a transaction writes is one {@link Transaction}.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#transaction-response">FHIR R4, batch and transaction response</a>
 */
@ApplicationScoped
class BundleAnswer {
    private static final Pattern TYPE = Pattern.compile("\\w+/?(\\?.*)?");

    /** Its parameters may all be in the address. */
    private static final Pattern SEARCH = Pattern.compile("(.*/)?_search(\\?.*)?");

    private final TransactionSteps steps;
    private final Transaction transaction;
    private final WriteAnswer written;

    BundleAnswer(TransactionSteps steps, Transaction transaction, WriteAnswer written) {
        this.steps = steps;
        this.transaction = transaction;
        this.written = written;
    }

    /** What the gate does for an entry. */
    interface Entries {
        /** Answers and records the entry as a request of its own. */
        Answer answer(FhirRequest entry);

        /** What the entry asks for, when the asker may; it makes its own journal entry. */
        Permitted permitted(FhirRequest entry);
    }

    /** @param exchange null: the interaction is about no type */
    record Permitted(Route route, Exchange exchange) {}

    Answer batch(FhirRequest request, IncomingBundle bundle, Entries entries) {
        if (request.header(IncomingProvenance.HEADER).isPresent()) {
            throw new FhirProblemException(new FhirProblem.InvalidHeader(
                    IncomingProvenance.HEADER, "a batch has none, since its entries are each for themselves"));
        }
        Preference preference = preference(request);
        return response(bundle, preference, entry -> entries.answer(requestOf(request, entry)));
    }

    Answer transaction(
            FhirRequest request,
            IncomingBundle bundle,
            Entries entries,
            Exchange.Receipt receipt,
            Attachment attachment) {
        Preference preference = preference(request);
        steps.requireOwned(bundle.entries());
        Map<Integer, FhirRequest> requests = new HashMap<>();
        List<Transaction.Step> writes = new ArrayList<>();
        for (Entry entry : bundle.entries()) {
            FhirRequest single = requestOf(request, entry);
            requests.put(entry.index(), single);
            steps.step(entry, single, entries).ifPresent(writes::add);
        }
        Map<Integer, Written> done = transaction.apply(writes, bundle.links(), receipt, attachment);
        return response(bundle, preference, entry -> {
                    FhirRequest single = requests.get(entry.index());
                    Written write = done.get(entry.index());
                    return write == null ? entries.answer(single) : written.answer(preference, write);
                })
                .alreadyRecorded();
    }

    /** Writes answer without the resource unless the client prefers otherwise for the whole Bundle. */
    private static Preference preference(FhirRequest bundle) {
        return bundle.header("Prefer").isPresent() ? Preference.of(bundle) : Preference.MINIMAL;
    }

    private static Answer response(IncomingBundle bundle, Preference preference, Function<Entry, Answer> answers) {
        List<Answered> answered = bundle.entries().stream()
                .map(entry -> answered(answers.apply(entry), entry, preference))
                .toList();
        return Answer.of(200, Bundles.response(bundle.interaction(), answered));
    }

    private static Answered answered(Answer answer, Entry entry, Preference preference) {
        boolean isOutcome = answer.status() >= 400 || (preference == Preference.OUTCOME && isWrite(entry));
        boolean hasResource = !isOutcome && !entry.method().equals("HEAD");
        return new Answered(
                Integer.toString(answer.status()),
                answer.headers().get("Location"),
                answer.headers().get("ETag"),
                answer.lastUpdated(),
                hasResource ? answer.body() : null,
                isOutcome ? answer.body() : null,
                answer.headers().get(Problems.OWNER));
    }

    /** Of what else is asked by POST, an operation or a search, the body is the result. */
    private static boolean isWrite(Entry entry) {
        return switch (entry.method()) {
            case "PUT", "PATCH", "DELETE" -> true;
            case "POST" -> TYPE.matcher(entry.url()).matches();
            default -> false;
        };
    }

    private static FhirRequest requestOf(FhirRequest bundle, Entry entry) {
        Map<String, String> headers = new HashMap<>(entry.headers());
        if (entry.body().isPresent() || !SEARCH.matcher(entry.url()).matches()) {
            headers.put("content-type", FhirJson.MEDIA_TYPE);
        }
        headers.put("prefer", bundle.header("Prefer").orElse("return=minimal"));
        byte[] body = entry.body().map(IncomingBundle.Body::bytes).orElse(new byte[0]);
        return bundle.entry(entry.method(), entry.url(), headers, body);
    }
}
