package org.carelog.fhir;

import java.sql.ResultSet;

/** Breaks a rule of the house, for {@link org.carelog.testing.house.RulesTest}. */
public record StoredValue(ResultSet row) {}
