/** Describes events and decisions for reports. */
package io.offerflow.replay.text;
