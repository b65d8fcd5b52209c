package org.carelog.records.rest;

import java.sql.Connection;

/** Breaks a rule of the house, for {@link org.carelog.testing.house.RulesTest}. */
public record QueryingEndpoint(Connection connection) {}
