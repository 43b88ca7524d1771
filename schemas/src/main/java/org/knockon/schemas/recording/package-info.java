/** The file of a recording: records of the input topics as they were, with the schemas that they name. */
package org.knockon.schemas.recording;
