/** A program that makes an empty embedded database in the folder it is given: node pglite-create.ts FOLDER. */
import { PGlite } from '@electric-sql/pglite';

const database = await PGlite.create(process.argv[2]);
await database.close();
