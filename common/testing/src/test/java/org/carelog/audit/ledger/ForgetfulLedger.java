package org.carelog.audit.ledger;

/** Breaks a rule of the house, for {@link org.carelog.testing.house.RulesTest}. */
public record ForgetfulLedger(String source) {
    String statement() {
        return """
                delete from access_record where source = ?
                """;
    }
}
