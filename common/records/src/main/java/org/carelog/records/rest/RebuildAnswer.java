package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.carelog.events.Rebuild;
import org.carelog.events.Rebuilds;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;

/** Answers an administrator about rebuilds of copies. */
@ApplicationScoped
class RebuildAnswer {
    private static final String CHANNEL = "channel";

    private final Rebuilds rebuilds;

    RebuildAnswer(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    Answer list(OperationInput input) {
        input.requireNone();
        ParametersAnswer answer = new ParametersAnswer();
        rebuilds.list().forEach(rebuild -> write(answer, rebuild));
        return answer.answer();
    }

    Answer begin(OperationInput input) {
        List<Map.Entry<String, String>> given = input.simple();
        if (given.size() != 1 || !given.getFirst().getKey().equals(CHANNEL)) {
            throw InvalidOperationParameter.refusal(CHANNEL, "a channel is expected, and nothing else");
        }
        Rebuild rebuild = rebuilds.begin(given.getFirst().getValue())
                .orElseThrow(() -> InvalidOperationParameter.refusal(
                        CHANNEL, "there are " + String.join(", ", rebuilds.channels())));
        ParametersAnswer answer = new ParametersAnswer();
        write(answer, rebuild);
        return answer.answer();
    }

    private static void write(ParametersAnswer answer, Rebuild rebuild) {
        ParametersAnswer.Values values = answer.thing("rebuild")
                .text(CHANNEL, rebuild.channel())
                .time("begun", rebuild.begunAt())
                .number("total", rebuild.total())
                .number("done", rebuild.done())
                .number("written", rebuild.written())
                .number("renewed", rebuild.renewed())
                .number("different", rebuild.different())
                .number("failed", rebuild.failed());
        rebuild.finishedAt().ifPresent(at -> values.time("finished", at));
    }
}
