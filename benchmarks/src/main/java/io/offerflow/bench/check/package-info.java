/** The check that every command has exactly one outcome, in a process of its own. */
package io.offerflow.bench.check;
