package org.sluice.gateway.balance;

/** One way to order. Stateless. */
interface Strategy {
    /** @param order the positions, drawn at random by weight: candidates that are alike stay in that order */
    void arrange(int[] order, Round round);
}
