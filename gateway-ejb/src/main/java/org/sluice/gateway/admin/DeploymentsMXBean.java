package org.sluice.gateway.admin;

import java.util.List;
import java.util.Map;

/**
 * The deployments as an operator's JMX console shows them. A name is a deployment's id, {@code openai/gpt-4o@operator}, or
 * {@code openai/gpt-4o} for all its credentials but those that requests bring. A wrong name is an IllegalArgumentException.
 */
public interface DeploymentsMXBean {
    /** Those with the operator's and with stored credentials that were called or chosen among, by id. */
    List<DeploymentRow> getDeployments();

    /** How many have a circuit that is not closed. */
    int getOpenCircuits();

    int getCoolingDeployments();

    int getDrainedDeployments();

    /** How many are left out because their provider refuses the credential. */
    int getRefusedDeployments();

    /** How many deployments with credentials of requests are remembered; they are not listed. */
    int getRequestDeployments();

    long getCalls();

    long getFailures();

    /** Calls that were not let in. */
    long getSkippedCalls();

    /** Calls under way by provider. */
    Map<String, Integer> getCallsByProvider();

    /** Drains and weights as they were set, by name, e.g. {@code drained, weight 2.0}. */
    Map<String, String> getSettings();

    /** Opens the circuit, as failures would; the next probe closes it. Answers how many deployments the name meant. */
    int open(String deployment);

    /** Forgets failures, cooldown and refusals. Answers how many deployments the name meant. */
    int reset(String deployment);

    /** No new calls; running ones end. Survives a restart. */
    void drain(String deployment);

    void resume(String deployment);

    /** Replaces the configured weight; 0 takes it back. Survives a restart. */
    void weight(String deployment, double weight);
}
