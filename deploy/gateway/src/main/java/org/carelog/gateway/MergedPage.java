package org.carelog.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.carelog.gateway.WholeRequests.Answer;

/** A page made of those that the services gave when each was asked the same: what histories and searches of all types have in common. */
final class MergedPage {
    private MergedPage() {}

    /** How pages become one. */
    interface Merge {
        /**
         * @param format of the pages, and of the one that is made
         * @param pages by the rank of their service; null: none
         * @throws IOException when one is not what was asked for
         */
        byte[] of(BundleFormat format, List<byte[]> pages) throws IOException;
    }

    /** Whether the request has been refused: nobody knows yet whom to ask. */
    static boolean refuses(HttpServerRequest request, Backend backend) {
        if (!backend.isKnown()) {
            Answers.refuse(request, new Refusal.Unreachable(backend.unknown()));
            return true;
        }
        return false;
    }

    /**
     * The page, or the answer of a service that gave none.
     *
     * @param answers by the rank of their service; null where it was not asked
     * @param nothingThere statuses of services that have nothing for whoever asks; the others' pages are given then
     */
    static Future<Answer> of(WholeRequests whole, List<Answer> answers, Set<Integer> nothingThere, Merge merge) {
        List<Answer> given = answers.stream().filter(Objects::nonNull).toList();
        Optional<Answer> model =
                given.stream().filter(answer -> answer.status() == 200).findFirst();
        Optional<Answer> refusal = given.stream()
                .filter(answer -> answer.status() != 200 && !nothingThere.contains(answer.status()))
                .findFirst();
        if (refusal.isPresent() || model.isEmpty()) {
            return Future.succeededFuture(refusal.orElse(given.getFirst()));
        }
        BundleFormat format = BundleFormat.of(model.get().headers().get("Content-Type"));
        List<byte[]> pages = new ArrayList<>();
        for (Answer answer : answers) {
            pages.add(answer != null && answer.status() == 200 ? answer.body().getBytes() : null);
        }
        return whole.aside(() -> new Answer(200, model.get().headers(), Buffer.buffer(merge.of(format, pages))));
    }
}
